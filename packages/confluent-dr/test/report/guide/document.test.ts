import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { RUNBOOK_FORMATS, runbookText } from '../../../src/report/guide/guide-text';
import { closeDeployedLabs, DeployedLab } from '../../support/deployed-lab';
import { documentProblems } from '../../support/output-schema';
import { fileOf, outputsOf, removeFiles, said } from '../status/support/command';
import { deployment } from './support';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

describe.each(RUNBOOK_FORMATS)('the runbook as %s', (format) => {
  const text = runbookText(deployment(), format);

  test('is as it was read and agreed to', () => {
    expect(text).toMatchSnapshot();
  });

  test('holds no secret', () => {
    expect(text).not.toMatch(/secret-of/);
  });

  test('has the thirteen steps in order, and both branches', () => {
    const numbers = [...text.matchAll(/^(?:##|# ===) (\d+[ab]?)\./gm)].map(([, number]) => number);
    expect(numbers).toEqual('1 2 3 4 5 6 7a 7b 8 9 10 11a 11b 12 13'.split(' '));
  });

  test('leaves no placeholder where everything is known', () => {
    expect(text).not.toMatch(/<[a-z][^>\n]*>|\{\{|undefined/);
  });

  test('stays handy with a thousand topics', () => {
    const topics = Array.from({ length: 1000 }, (_, index) => `topic-${index}`);
    expect(runbookText(deployment({ topics }), format).length).toBeLessThan(80_000);
    expect(text.length).toBeLessThan(20_000);
  });

  test('says what has to be put in where little is known', () => {
    const unknown = runbookText(deployment({ topics: [], proxyAddress: undefined, workplace: undefined }), format);
    expect(unknown).toMatch(/TOPICS='\["<topic>"\]'/);
    expect(unknown).toContain(
      "terraform '-chdir=<folder of the stack, such as cdktf.out/stacks/active-passive>' destroy",
    );
  });

  test('deploys by the CLI that the project has', () => {
    const { workplace } = deployment();
    expect(text.match(/npx cdkt[fn]/g)).toEqual(Array(3).fill('npx cdktf'));
    const terrain = runbookText(deployment({ workplace: { ...workplace, cdk: 'cdktn' } }), format);
    expect(terrain.match(/npx cdkt[fn]/g)).toEqual(Array(3).fill('npx cdktn'));
  });

  test('names no lab where the clusters are real', () => {
    expect(text).not.toMatch(/confluent-dr lab/);
  });

  test.each([
    ['pkc-p1234.westeurope.azure.confluent.cloud', ['b3-pkc-p1234'], undefined],
    ['lkc-p1234.westeurope.azure.private.confluent.cloud', ['b3-lkc-p1234', 'lkc-p1234-g003'], undefined],
    ['lkc-p1234-43860.westeurope.azure.glb.confluent.cloud', [], 'e-<…>-az<N>-43860.westeurope.azure.glb'],
    ['kafka.example.com', ['b3-kafka'], 'do not follow from its bootstrap host'],
  ])('goes on with the brokers behind %s as they are called', (host, next, untold) => {
    const { members } = deployment();
    const primary = { ...members.primary, bootstrapEndpoint: `${host}:9092`, restEndpoint: `https://${host}:443` };
    const of = runbookText(deployment({ members: { ...members, primary } }), format).replace(/\n#? ?/g, ' ');
    expect(of).toContain(
      `go on with ${[...next, 'b3-pkc-s1234'].map((name) => `\`${name}\``).join(', ')} if there are more`,
    );
    expect(of.includes('kcat -L')).toBe(untold !== undefined);
    expect(of).toContain(untold ?? host);
  });

  describe('of a lab', () => {
    const { members, workplace } = deployment();
    const ofLab = (lab?: string, proxyAddress?: string) =>
      runbookText(
        deployment({
          members: {
            primary: { ...members.primary, restEndpoint: 'http://127.0.0.1:9001' },
            secondary: { ...members.secondary, restEndpoint: 'http://127.0.0.1:9002' },
          },
          proxyAddress,
          workplace: { ...workplace, lab, options: ['--from', '/srv/dr'] },
        }),
        format,
      );
    const PROGRAM = /^.*(?:npx (?:confluent-dr|cdktf)|terraform -chdir).*$/gm;

    test('gives every command that lab', () => {
      const commands = ofLab('/srv/labs/of mine').match(PROGRAM)!;
      expect(commands.length).toBeGreaterThan(15);
      for (const command of commands) {
        expect(command).toMatch(
          /npx confluent-dr lab (exec --folder '\/srv\/labs\/of mine' -- |produce .* --folder '\/srv\/labs\/of mine')/,
        );
      }
    });

    test('looks through its proxy where one runs, and claims no outage where none does', () => {
      const through = 'lab exec -- npx confluent-dr check --through-proxy';
      expect(ofLab(undefined, '127.200.1.3')).toContain(through);
      expect(ofLab(undefined, '127.200.1.3')).toContain('lab exec -- npx confluent-dr canary');
      for (const imitated of [undefined, '192.0.2.2']) {
        expect(ofLab(undefined, imitated)).not.toContain(through);
        expect(ofLab(undefined, imitated)).toContain('No proxy runs in this lab, and nothing is blocked');
      }
    });

    test('says where to work, and that nothing real is reached', () => {
      expect(ofLab('/srv/labs/mine')).toContain('Work in the folder /srv/dr.');
      expect(ofLab('/srv/labs/mine')).toContain("This deployment is a lab's, the one in /srv/labs/mine");
    });

    test('takes the lab of the project where it is not known which', () => {
      for (const command of ofLab().match(PROGRAM)!) {
        expect(command).toMatch(/npx confluent-dr lab (exec -- |produce )/);
      }
    });

    test('names the deployment to this tool, and the variables to Terraform', () => {
      expect(ofLab()).toContain('lab exec -- npx confluent-dr status --from /srv/dr');
      expect(ofLab()).toContain(
        'lab exec -- terraform -chdir=/srv/dr/cdktf.out/stacks/active-passive destroy -var-file=../../../terraform.tfvars',
      );
    });
  });
});

test('as commands it is bash, and does nothing when it is run as a whole', () => {
  const file = fileOf(runbookText(deployment(), 'curl'));
  execFileSync('bash', ['-n', file]);
  expect(() => execFileSync('/bin/bash', [file], { stdio: 'pipe', env: { PATH: '/nowhere' } })).toThrow(
    expect.objectContaining({ status: 1, stderr: Buffer.alloc(0) }) as Error,
  );
});

describe('confluent-dr runbook', () => {
  test('prints it, or writes it to a file', async () => {
    const outputs = outputsOf(await DeployedLab.start());
    const printed = await said('runbook', '--outputs', outputs);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    const out = fileOf('');
    expect(await said('runbook', '--outputs', outputs, '--out', out)).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(out, 'utf8')).toBe(printed.stdout);
    const { stdout } = await said('runbook', '--outputs', outputs, '--json');
    expect(JSON.parse(stdout)).toEqual({ format: 'markdown', text: printed.stdout });
    expect(documentProblems('runbook', JSON.parse(stdout))).toEqual([]);
  });

  test('tells which format, and which file, it cannot write', async () => {
    const outputs = outputsOf(await DeployedLab.start());
    expect(await said('runbook', '--outputs', outputs, '--format', 'pdf')).toMatchObject({ code: 2 });
    const { code, stderr } = await said('runbook', '--outputs', outputs, '--out', `${outputs}/below`);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--out \S+ cannot be written/)]);
  });
});
