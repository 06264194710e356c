import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addFault, type FaultSpec } from '../../../confluent-dr-lab/src/cloud/index';
import { proxyReport } from '../../src/cli/session';
import { type FindingCode } from '../../src/probe/findings';
import { type HealthReport, type ProbeReport } from '../../src/probe/health-report';
import { checkText } from '../../src/words/check';
import { PLAIN } from '../../src/words/text-style';
import { fileOf, outputsOf, removeFiles, said } from '../report/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { knownToHang } from '../support/known-to-hang';
import { documentProblems } from '../support/output-schema';
import { PLACE } from '../support/place';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

describe('confluent-dr check', () => {
  test('finds the lab well, as JSON and in words', async () => {
    const outputs = outputsOf(await DeployedLab.start());
    const { code, stdout, stderr } = await said('check', '--outputs', outputs, '--json', '--timeout', '7.7777s');
    const report = JSON.parse(stdout) as HealthReport;
    expect([code, report.well]).toEqual([0, true]);
    expect(report.members.primary).toMatchObject({ verdict: 'well', hosts: [] });
    expect(report.members.primary.passages.map(({ outcome }) => outcome)).toEqual([
      'not-tried',
      'answers',
      'answers',
      'not-tried',
      'not-tried',
      'not-tried',
    ]);
    expect(report.proxy).toEqual({ address: '192.0.2.10', told: [] });
    expect(documentProblems('check', report)).toEqual([]);
    expect(stderr).toMatch(/Trying every service/);
    expect((await said('check', '--outputs', outputs)).stdout).toMatch(
      /^primary {2}lkc-\S+ {2}well\n {2}directly: not tried \(kafka\), answers \(rest, schema-registry\)\n/,
    );
  });

  test('has exit code 4 where something needs a look, and keeps the secrets', async () => {
    const lab = await DeployedLab.start();
    const outputs = outputsOf(lab, { primarySecret: 'a-wrong-secret' });
    const { code, stdout } = await said('check', '--outputs', outputs, '--json');
    const { members } = JSON.parse(stdout) as HealthReport;
    expect([code, members.primary.verdict, members.secondary.verdict]).toEqual([4, 'declines', 'well']);
    expect(members.primary.findings).toEqual([{ code: 'key-refused', service: 'rest', next: ['config', 'show'] }]);
    expect(stdout).not.toMatch(/a-wrong-secret/);
    expect(stdout).not.toContain(lab.member('secondary').kafka.secret);
  });

  test('does not hold the report of the proxy against a lab, which nobody comes to through it', async () => {
    const outputs = outputsOf(await DeployedLab.start());
    const report = fileOf('{"instances":[{"name":"primary","blocked":"reject","running":true,"outage":null}]}\n');
    const { code, stdout } = await said('check', '--outputs', outputs, '--proxy-report', report, '--json');
    expect([code, (JSON.parse(stdout) as HealthReport).proxy.told]).toEqual([0, []]);
  });

  test.each([
    ['unavailable', 4, 'away'],
    ['throttled', 4, 'throttled'],
    ['hanging', 4, 'away'],
    [undefined, 0, undefined],
  ] as const)('asks the control plane, which block needs: %s', async (kind, code, wanted) => {
    const lab = await DeployedLab.start();
    const { key, secret } = lab.cloud.sample!.cloud;
    const outputs = outputsOf(lab);
    if (kind) {
      const limit = kind === 'throttled' ? { retryAfterSeconds: 1 } : {};
      await lab.cloud.perform((state) => addFault(state, { kind, target: 'control-plane', ...limit } as FaultSpec));
    }
    if (kind === 'hanging') {
      knownToHang((asked) => asked.includes(new URL(lab.cloud.url).host));
    }
    Object.assign(process.env, { CONFLUENT_DR_CLOUD_URL: lab.cloud.url, CONFLUENT_DR_CLOUD_KEY: key });
    process.env.CONFLUENT_DR_CLOUD_SECRET = secret;
    try {
      const check = await said('check', '--outputs', outputs, '--json');
      const { controlPlane } = JSON.parse(check.stdout) as HealthReport;
      expect([check.code, 'code' in controlPlane ? controlPlane.code : undefined]).toEqual([code, wanted]);
      const status = await said('status', '--outputs', outputs);
      expect([status.code, /Next: .* confluent-dr check --outputs/.test(status.stdout)]).toEqual([code, code === 4]);
    } finally {
      ['URL', 'KEY', 'SECRET'].forEach((name) => delete process.env[`CONFLUENT_DR_CLOUD_${name}`]);
    }
  });

  test('reads the report where the deployment is, and elsewhere for outputs of elsewhere', async () => {
    const outputs = outputsOf(await DeployedLab.start());
    const report = '{"instances":[{"name":"primary","blocked":"reject","running":true,"outage":null}]}';
    const folder = mkdtempSync(join(tmpdir(), 'check-'));
    const terraform = join(folder, 'terraform');
    writeFileSync(join(folder, 'main.tf.json'), '{}');
    writeFileSync(terraform, '#!/bin/sh\necho >> asked\nexec cat outputs.json\n', { mode: 0o755 });
    writeFileSync(
      join(folder, 'outputs.json'),
      JSON.stringify({
        ...(JSON.parse(readFileSync(outputs, 'utf8')) as object),
        proxy_report: { sensitive: false, value: report },
      }),
    );
    process.env.TERRAFORM_BINARY_NAME = terraform;
    try {
      expect(await proxyReport({ from: folder }, new AbortController().signal)).toBe(report);
      rmSync(join(folder, 'asked'));
      await said('check', '--from', folder, '--outputs', outputs);
      expect(existsSync(join(folder, 'asked'))).toBe(false);
    } finally {
      delete process.env.TERRAFORM_BINARY_NAME;
      rmSync(folder, { recursive: true });
    }
  });

  test('takes one way or both, and a report that can be read', async () => {
    const outputs = outputsOf(await DeployedLab.start());
    expect((await said('check', '--outputs', outputs, '--direct', '--through-proxy')).code).toBe(2);
    expect(await said('check', '--outputs', outputs, '--proxy-report', '/nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/--proxy-report \/nowhere cannot be read/) as string,
    });
  });
});

const CERTIFICATE = 'certificate of *.westeurope.azure.confluent.cloud, good until 2027-01-31';
const HOST = 'pkc-abc12.westeurope.azure.confluent.cloud';

const probed = (told: Partial<ProbeReport>): ProbeReport => ({
  way: 'direct',
  service: 'kafka',
  host: HOST,
  port: 9092,
  outcome: 'answers',
  detail: 'Kafka with 61 APIs',
  certificate: CERTIFICATE,
  ...told,
});

const BLOCKED: HealthReport = {
  well: false,
  members: {
    primary: {
      clusterId: 'lkc-aaaaa',
      verdict: 'blocked',
      findings: [
        { code: 'blocked', next: ['unblock'] },
        { code: 'key-refused', service: 'schema-registry', next: ['config', 'show'] },
      ],
      services: [],
      hosts: [
        {
          host: HOST,
          dns: { addresses: ['198.51.100.4', '198.51.100.5'] },
          machine: { addresses: ['203.0.113.10'] },
          machineLeadsToProxy: true,
        },
      ],
      passages: [
        probed({}),
        probed({ service: 'rest', port: 443, detail: 'HTTP 200' }),
        probed({
          way: 'proxy',
          outcome: 'closed',
          detail: 'Client network socket disconnected before secure TLS connection was established',
          certificate: undefined,
        }),
      ],
    },
    secondary: {
      clusterId: 'lkc-bbbbb',
      verdict: 'unknown',
      findings: [{ code: 'unknown' }],
      services: [],
      hosts: [
        {
          host: 'pkc-x.example',
          dns: { addresses: [], problem: 'pkc-x.example was not found by DNS: ENOTFOUND' },
          machine: { addresses: ['198.51.100.7'] },
          machineLeadsToProxy: false,
        },
        {
          host: 'psrc-x.example',
          dns: { addresses: ['198.51.100.8'] },
          machine: { addresses: ['198.51.100.8'] },
          machineLeadsToProxy: false,
        },
      ],
      passages: [
        probed({ outcome: 'not-tried', detail: undefined, untried: 'not-wished-for', certificate: undefined }),
      ],
    },
  },
  proxy: {
    address: '203.0.113.10',
    told: [
      {
        role: 'primary',
        told: 'reject',
        seen: 'blocked',
        agrees: true,
      },
    ],
  },
  controlPlane: { kind: 'fails', code: 'away', detail: 'HTTP 503' },
  findings: [{ code: 'away', service: 'control-plane' }],
};

describe('what a check says', () => {
  test('is described by its schema', () => {
    expect(documentProblems('check', JSON.parse(JSON.stringify(BLOCKED)))).toEqual([]);
    expect(documentProblems('check', { ...BLOCKED, members: {} })).not.toEqual([]);
  });

  /** Rows of a terminal of 80 columns, which breaks what is longer. */
  const rowsOf = (text: string): number =>
    text.split('\n').reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / 80)), 0);

  const CODES: Readonly<Record<FindingCode, readonly OnService[]>> = {
    well: [undefined],
    unknown: [undefined],
    'key-refused': ['rest'],
    'key-forbidden': ['rest'],
    throttled: ['rest'],
    'not-found': ['rest'],
    'request-declined': ['rest'],
    'host-not-found': [undefined],
    'certificate-expired': [undefined],
    'certificate-not-yet-valid': [undefined],
    'certificate-wrong': [undefined],
    'not-itself': [undefined],
    away: [undefined, 'kafka', 'rest'],
    'registry-alone': [undefined],
    'kafka-away': [undefined],
    'rest-away': [undefined],
    mixed: [undefined],
    blocked: [undefined],
    fenced: [undefined],
    'blocked-or-broken': [undefined],
    'only-through-proxy': [undefined],
    'proxy-away': [undefined],
    'proxy-astray': [undefined],
    'nothing-reached': [undefined],
    'both-blocked': [undefined],
    'proxy-vms-differ': [undefined],
  };
  type OnService = 'kafka' | 'rest' | undefined;

  test.each(Object.entries(CODES).flatMap(([code, services]) => services.map((service) => [code, service] as const)))(
    'fits a screen of 80 columns and 24 lines where three things are amiss: %s (%s)',
    (code, service) => {
      const outcomes = { kafka: 'no-connection', rest: 'answers', 'schema-registry': 'declines' } as const;
      const passages = (['direct', 'proxy'] as const).flatMap((way) =>
        (['kafka', 'rest', 'schema-registry'] as const).map((each) =>
          probed({ way, service: each, outcome: outcomes[each] }),
        ),
      );
      const answering = passages.map((each) => ({ ...each, outcome: 'answers' as const }));
      const { primary, secondary } = BLOCKED.members;
      const first = { code: code as FindingCode, ...(service && { service }), next: ['check', '--direct'] };
      const registry = primary.findings[1];
      const report: HealthReport = {
        ...BLOCKED,
        members: {
          primary: { ...primary, passages, findings: [first, registry] },
          secondary: { ...secondary, passages: answering, verdict: 'well', findings: [{ code: 'well' }] },
        },
      };
      const text = checkText(report, PLACE, { width: 80, paint: PLAIN });
      expect(text.replace(/\s+/g, ' ')).toContain(
        'directly and through proxy: takes no connection (kafka), answers (rest), says no (schema-registry)',
      );
      expect(text).toMatch(/directly and through proxy: answers$/m);
      expect(text).toContain('control plane  away: HTTP 503');
      expect(rowsOf(text)).toBeLessThanOrEqual(24);
    },
  );

  test.each([
    [60, false],
    [60, true],
    [80, false],
    [140, true],
    [200, true],
  ])('fits %i columns (all of it: %s)', (width, all) => {
    const text = checkText(BLOCKED, PLACE, { width, paint: PLAIN }, all);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(width);
    expect(text).toMatchSnapshot();
  });
});
