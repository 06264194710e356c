import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine, runToggle, isInTfvars, toggleCommand, toolOfFolder } from '../../src/execute/toggle-command';
import { proofOf, prove } from '../../src/execute/toggle-proof';
import { type HealthReport } from '../../src/probe/health-report';
import { type Outcome } from '../../src/probe/probe-result';
import { proofFindingInWords } from '../../src/words/proof';
import { PLAIN } from '../../src/words/text-style';
import { toggleText } from '../../src/words/toggle';
import { said } from '../report/status/support/command';
import { documentProblems } from '../support/output-schema';
import { PLACE } from '../support/place';

const variable = 'cc_failover_primary';

describe('the command', () => {
  test('of terraform plans without a refresh', () => {
    const command = toggleCommand({ values: { [variable]: 'true' }, tool: 'terraform' });
    expect(commandLine(command)).toBe(
      'terraform apply -input=false -auto-approve -refresh=false -var=cc_failover_primary=true',
    );
    expect(
      toggleCommand({ values: { [variable]: 'true' }, tool: 'terraform' }, { TERRAFORM_BINARY_NAME: 'tofu' }).program,
    ).toBe('tofu');
  });

  test.each(['cdktf', 'cdktn'] as const)('of %s takes no refresh for plan and apply, and keeps what is set', (tool) => {
    const command = toggleCommand(
      { values: { [variable]: 'false' }, tool, stack: 'proxy' },
      { TF_CLI_ARGS_plan: '-compact-warnings' },
    );
    expect(commandLine(command)).toBe(
      "TF_CLI_ARGS_plan='-compact-warnings -refresh=false' TF_CLI_ARGS_apply=-refresh=false " +
        `npx --no-install ${tool} deploy proxy --auto-approve --var cc_failover_primary=false`,
    );
  });

  test('gives several variables their values', () => {
    const values = { cc_active: 'secondary', cc_failover_primary: 'true' };
    expect(toggleCommand({ values, tool: 'terraform' }).args.slice(-2)).toEqual([
      '-var=cc_active=secondary',
      '-var=cc_failover_primary=true',
    ]);
    expect(toggleCommand({ values, tool: 'cdktf' }).args.slice(-4)).toEqual([
      ...['--var', 'cc_active=secondary', '--var', 'cc_failover_primary=true'],
    ]);
  });

  test('gives cdktf a file where a tfvars file of the folder would win over --var', () => {
    const values = { cc_active: 'secondary', cc_failover_primary: 'true' };
    const varFile = '/tmp/toggle.tfvars.json';
    expect(toggleCommand({ values, tool: 'cdktf', varFile }).args.slice(-2)).toEqual(['--var-file', varFile]);
    const folder = mkdtempSync(join(tmpdir(), 'toggle-'));
    try {
      const variables = Object.keys(values);
      expect(isInTfvars(folder, variables)).toBe(false);
      writeFileSync(join(folder, 'terraform.tfvars'), 'primary_region = "x"\nmy_cc_active = "primary"\n');
      expect(isInTfvars(folder, variables)).toBe(false);
      for (const [file, text] of [
        ['terraform.tfvars', 'a = 1\n  cc_active="primary"\n'],
        ['own.auto.tfvars', 'cc_failover_primary = false'],
        ['terraform.tfvars.json', '{"a": 1, "cc_active": "primary"}'],
      ]) {
        writeFileSync(join(folder, file), text);
        expect([file, isInTfvars(folder, variables)]).toEqual([file, true]);
        rmSync(join(folder, file));
      }
      writeFileSync(join(folder, 'other.tfvars'), 'cc_active = "primary"');
      expect(isInTfvars(folder, variables)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('is that of the folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'toggle-'));
    try {
      expect([toolOfFolder(folder), toolOfFolder(join(folder, 'none'))]).toEqual([undefined, undefined]);
      writeFileSync(join(folder, 'main.tf'), '');
      expect(toolOfFolder(folder)).toBe('terraform');
      writeFileSync(join(folder, 'cdktf.json'), '{}');
      expect(toolOfFolder(folder)).toBe('cdktf');

      const [app, commands] = [join(folder, 'app'), join(folder, 'node_modules/.bin')];
      [app, commands].forEach((each) => mkdirSync(each, { recursive: true }));
      writeFileSync(join(app, 'cdktf.json'), '{}');
      writeFileSync(join(commands, 'cdktn'), '');
      expect([folder, app].map(toolOfFolder)).toEqual(['cdktn', 'cdktn']);
      writeFileSync(join(commands, 'cdktf'), '');
      expect([folder, app].map(toolOfFolder)).toEqual(['cdktf', 'cdktf']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('a run', () => {
  const run = (script: string, signal?: AbortSignal, onLine: (line: string) => void = () => undefined) =>
    runToggle(
      { program: 'sh', args: ['-c', script], variables: { WISH: 'true' } },
      { folder: tmpdir(), env: process.env, onLine, signal },
    );

  test('tells each line as it comes, without colours, and gives the exit code', async () => {
    const lines: string[] = [];
    const script = String.raw`printf '\033[1mone %s\033[0m\n\ntwo' "$WISH"; echo three >&2; exit 7`;
    expect(await run(script, undefined, (line) => lines.push(line))).toBe(7);
    expect(lines.sort()).toEqual(['one true', 'three', 'two']);
  });

  test('is asked to end in order, once, and waited for', async () => {
    const controller = new AbortController();
    const lines: string[] = [];
    const script = `trap 'echo asked; exit 9' INT; echo begun; while :; do sleep 0.05; done`;
    const ended = run(script, controller.signal, (line) => {
      lines.push(line);
      if (line === 'begun') {
        controller.abort();
      }
    });
    expect(await ended).toBe(9);
    expect(lines).toEqual(['begun', 'asked']);
  });

  test('says that there is no such command', async () => {
    const command = { program: 'no-such-command-at-all', args: [], variables: {} };
    const options = { folder: tmpdir(), env: process.env, onLine: () => undefined };
    await expect(runToggle(command, options)).rejects.toThrow('there is no command no-such-command-at-all');
  });
});

/** What is seen through the proxy: Kafka and REST of the primary, then of the secondary, then the registries. */
function seen(primary: Outcome, secondary: Outcome, registries: Outcome = 'answers'): HealthReport {
  const member = (outcome: Outcome): HealthReport['members']['primary'] => ({
    clusterId: 'lkc-aaaaa',
    verdict: 'unknown',
    findings: [],
    services: [],
    hosts: [],
    passages: (['kafka', 'rest', 'schema-registry'] as const).map((service) => ({
      way: 'proxy',
      service,
      host: 'pkc-a.example',
      port: 443,
      outcome: service === 'schema-registry' ? registries : outcome,
      ...(outcome === 'not-tried' ? { untried: 'proxy-unknown' } : { detail: `it ${outcome}` }),
    })),
  });
  return {
    well: false,
    members: { primary: member(primary), secondary: member(secondary) },
    proxy: { address: '203.0.113.10', told: [] },
    controlPlane: { kind: 'not-asked' },
    findings: [],
  };
}

const reported = (blocked: string) =>
  `converged\n{"instances":[{"name":"primary","blocked":"${blocked}","running":true}]}`;

describe('the proof', () => {
  test.each<[boolean, Outcome, Outcome, string]>([
    [true, 'closed', 'answers', 'proven'],
    [true, 'silent', 'declines', 'proven'],
    [true, 'answers', 'answers', 'contradicted'],
    [true, 'closed', 'closed', 'contradicted'],
    [true, 'no-connection', 'no-connection', 'contradicted'],
    [false, 'answers', 'answers', 'proven'],
    [false, 'closed', 'answers', 'contradicted'],
    [false, 'faulty', 'answers', 'contradicted'],
    [true, 'not-tried', 'not-tried', 'impossible'],
  ])('blocked %s, primary %s, secondary %s: %s', (blocked, primary, secondary, kind) => {
    expect(proofOf({ blocked }, seen(primary, secondary)).kind).toBe(kind);
  });

  test('does not hang on a registry, which both may share', () => {
    expect(proofOf({ blocked: true }, seen('closed', 'answers', 'answers')).kind).toBe('proven');
    expect(proofOf({ blocked: true }, seen('closed', 'answers', 'closed')).kind).toBe('proven');
  });

  test('is REST alone where there is no Kafka to be tried, and says so', () => {
    const withoutKafka = (primary: Outcome, secondary: Outcome): HealthReport => {
      const report = seen(primary, secondary);
      const without = (member: HealthReport['members']['primary']): HealthReport['members']['primary'] => ({
        ...member,
        passages: member.passages.map((probed) =>
          probed.service === 'kafka' ? { ...probed, outcome: 'not-tried', untried: 'lab-without-brokers' } : probed,
        ),
      });
      return {
        ...report,
        members: { primary: without(report.members.primary), secondary: without(report.members.secondary) },
      };
    };
    const proof = proofOf({ blocked: true }, withoutKafka('closed', 'answers'));
    expect(proof.kind).toBe('proven');
    const untried = { code: 'not-tried', service: 'kafka', untried: 'lab-without-brokers', agrees: true } as const;
    expect(proof.findings).toEqual(
      expect.arrayContaining([
        { ...untried, on: 'primary' },
        { ...untried, on: 'secondary' },
      ]),
    );
    expect(proofFindingInWords({ ...untried, on: 'primary' }, { blocked: true })).toBe(
      'Through the proxy, kafka of the primary was not tried: the lab has no brokers; lab up --kafka gives it some.',
    );
    expect(proofOf({ blocked: true }, withoutKafka('answers', 'answers')).kind).toBe('contradicted');
    expect(proofOf({ blocked: true }, withoutKafka('closed', 'not-tried')).kind).toBe('impossible');
  });

  test('heeds what the proxy reported', () => {
    expect(proofOf({ blocked: true }, seen('closed', 'answers'), reported('reject')).kind).toBe('proven');
    expect(proofOf({ blocked: true }, seen('closed', 'answers'), reported('none')).kind).toBe('contradicted');
    expect(proofOf({ blocked: true }, seen('not-tried', 'not-tried'), reported('none')).kind).toBe('contradicted');
    const both = ['reject', 'none'].map((blocked, index) => {
      const said = reported(blocked).split('\n').at(-1);
      return `proxy-vm${index === 0 ? '' : '-2'}: confluent-dr-proxy: release abc: done ${said}`;
    });
    expect(proofOf({ blocked: true }, seen('closed', 'answers'), both.join('\n')).kind).toBe('contradicted');
    expect(proofOf({ blocked: false }, seen('answers', 'answers'), both.join('\n')).kind).toBe('contradicted');
    expect(proofOf({ blocked: true }, seen('closed', 'answers'), both[0]).kind).toBe('proven');
    expect(proofOf({ blocked: true }, seen('not-tried', 'not-tried'), reported('reject'))).toEqual({
      kind: 'impossible',
      because: 'proxy-unknown',
      findings: [{ code: 'reported', told: 'reject', agrees: true }],
    });
  });

  test.each<[boolean, 'primary' | 'secondary', Outcome, Outcome, string]>([
    [false, 'primary', 'answers', 'closed', 'proven'],
    [false, 'primary', 'answers', 'answers', 'contradicted'],
    [false, 'secondary', 'closed', 'answers', 'proven'],
    [false, 'secondary', 'answers', 'closed', 'contradicted'],
    [true, 'secondary', 'closed', 'answers', 'proven'],
    // A blocked primary that clients would be let in to: nobody is reached.
    [true, 'primary', 'closed', 'closed', 'proven'],
    [true, 'primary', 'closed', 'answers', 'contradicted'],
  ])('blocked %s, the %s active, primary %s, secondary %s: %s', (blocked, active, primary, secondary, kind) => {
    expect(proofOf({ blocked, active }, seen(primary, secondary)).kind).toBe(kind);
  });

  test('heeds what the proxy reported of fences, where it is to have one', () => {
    const report = (fenced: boolean) =>
      `{"instances":[{"name":"primary","blocked":"none","running":true,"fence":null},{"name":"secondary","blocked":"none","running":false,"fence":${fenced ? '{"since":null}' : 'null'}}]}`;
    const wished = { blocked: false, active: 'primary' } as const;
    expect(proofOf(wished, seen('answers', 'closed'), report(true)).kind).toBe('proven');
    const proof = proofOf(wished, seen('answers', 'closed'), report(false));
    expect(proof.kind).toBe('contradicted');
    const finding = { code: 'reported-fence', on: 'secondary', fenced: false, agrees: false } as const;
    expect(proof.findings).toContainEqual(finding);
    expect(proofFindingInWords(finding, wished)).toBe(
      'The proxy reports that the secondary is not fenced, and should be.',
    );
    // One VM of several that lets clients in is enough to be wrong.
    const machines = [true, false].map((fenced, index) => {
      return `proxy-vm-${index + 1}: confluent-dr-proxy: release abc: done ${report(fenced)}`;
    });
    expect(proofOf(wished, seen('answers', 'closed'), machines.join('\n')).findings).toContainEqual(finding);
    // An older proxy tells of no fences.
    expect(proofOf(wished, seen('answers', 'closed'), reported('none')).kind).toBe('proven');
    expect(proofOf({ blocked: false }, seen('answers', 'answers'), report(true)).kind).toBe('proven');
  });

  test('is looked for until it is there, or the time is over', async () => {
    const looks = [seen('answers', 'answers'), seen('closed', 'answers')];
    const look = jest.fn(() => Promise.resolve(looks.shift() ?? seen('answers', 'answers')));
    const proving = { wished: { blocked: true }, look, pauseMs: 1 };
    expect((await prove({ ...proving, timeLimitMs: 60_000 })).kind).toBe('proven');
    expect(look).toHaveBeenCalledTimes(2);
    expect((await prove({ ...proving, timeLimitMs: 0 })).kind).toBe('contradicted');
    expect(look).toHaveBeenCalledTimes(3);
  });

  test.each([60, 140])('is told in %i columns', (width) => {
    const look = { width, paint: PLAIN };
    const texts = [
      toggleText(
        { blocked: true },
        proofOf({ blocked: true }, seen('closed', 'answers'), reported('reject')),
        PLACE,
        look,
      ),
      toggleText({ blocked: false }, proofOf({ blocked: false }, seen('closed', 'answers')), PLACE, look),
      toggleText({ blocked: true }, proofOf({ blocked: true }, seen('not-tried', 'not-tried')), PLACE, look),
      toggleText({ blocked: true }, undefined, PLACE, look),
    ].join('\n\n');
    expect(texts).toMatchSnapshot();
  });
});

describe('confluent-dr block and unblock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'toggle-'));

  beforeAll(() => writeFileSync(join(folder, 'main.tf'), ''));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([['--dry-run'], ['--with=print']])('only print the command with %s', async (option) => {
    const { code, stdout } = await said('unblock', '--from', folder, option);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^terraform apply .*-var=cc_failover_primary=false$/)]);
    const json = JSON.parse((await said('block', '--from', folder, option, '--json')).stdout) as unknown;
    expect(documentProblems('block', json)).toEqual([]);
    expect(json).toMatchObject({ blocked: true, ran: false, command: expect.stringContaining('=true') as string });
  });

  test('do nothing where nobody agrees, and where nothing is deployed from', async () => {
    expect(await said('block', '--from', folder, '--no-input')).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/nothing was done/) as string,
    });
    expect(await said('block', '--from', join(folder, 'none'), '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/cdktf\.json or with Terraform's files/) as string,
    });
  });
});
