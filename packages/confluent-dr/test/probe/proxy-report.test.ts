import { proxyFindings } from '../../src/probe/findings';
import { healthReport } from '../../src/probe/health-report';
import { type Outcome } from '../../src/probe/probe-result';
import { disagreementIn, instancesIn, machinesIn, proxyTruths } from '../../src/probe/proxy-report';
import { type MemberHealth } from '../../src/probe/verdict';
import { proxyTruthInWords } from '../../src/words/health';

const outage = { wish: 'reject', since: '2026-05-01T10:00:00Z', until: '2026-05-01T12:00:00Z', ended: null };
const state = (blocked: string): string =>
  JSON.stringify({
    release: 'abc',
    front: { running: true },
    instances: [
      { name: 'primary', blocked, running: true, openSessions: 3, outage: blocked === 'none' ? null : outage },
      { name: 'secondary', blocked: 'none', running: false, openSessions: 0, outage: null },
    ],
  });

const members = (...verdicts: MemberHealth['verdict'][]): MemberHealth[] => membersBy('answers', ...verdicts);

const membersBy = (proxy: Outcome, ...verdicts: MemberHealth['verdict'][]): MemberHealth[] =>
  verdicts.map((verdict, index) => ({
    role: index === 0 ? 'primary' : 'secondary',
    verdict,
    services: [{ service: 'rest', verdict: 'well', outcomes: { direct: 'answers', proxy }, codes: {}, failures: {} }],
  }));

describe('the report of the proxy', () => {
  test('is the last line that is JSON', () => {
    const report = `proxy: release abc: primary is rejected\n{"old":1}\n${state('reject')}\n`;
    expect(instancesIn(report)).toEqual([
      { name: 'primary', blocked: 'reject', running: true, until: '2026-05-01T12:00:00Z' },
      { name: 'secondary', blocked: 'none', running: false },
    ]);
  });

  test('may be in one line, as the output of the stack has it', () => {
    const inOneLine = `proxy: release abc: primary is rejected ${state('reject')}`;
    expect(instancesIn(inOneLine)).toEqual(instancesIn(state('reject')));
    expect(instancesIn(inOneLine)?.[0]).toMatchObject({ name: 'primary', blocked: 'reject' });
  });

  test.each(['', 'proxy: converged', '{"release":', '{}', '{"instances":3}', 'null'])('may be none: %s', (report) => {
    expect(instancesIn(report)).toBeUndefined();
  });

  test('leaves out what it has no words for', () => {
    expect(instancesIn('{"instances":[3,null,{"name":1},{"name":"a","blocked":"melted"}]}')).toEqual([]);
  });

  test.each([
    ['reject', 'blocked', true, /told to block them \(reject\), until 2026-05-01T12:00:00Z; they are blocked\.$/],
    ['none', 'well', true, /told to let clients through; they are let through\.$/],
    ['blackhole', 'well', false, /they are let through\. The block has ended/],
    ['blackhole', 'declines', false, /they are let through/],
    ['none', 'blocked', false, /they are blocked\. Somebody blocked it since/],
  ] as const)('that says "%s" is held against a member that is "%s"', (told, verdict, agrees, text) => {
    const [truth] = proxyTruths(instancesIn(state(told)) ?? [], members(verdict, 'broken'));
    expect(truth).toMatchObject({ role: 'primary', told, agrees });
    expect(proxyTruthInWords(truth)).toMatch(text);
  });

  test('is held against nothing that was not seen', () => {
    const instances = instancesIn(state('reject')) ?? [];
    expect(proxyTruths(instances, members('broken', 'unknown'))).toEqual([]);
    expect(proxyTruths([], members('well', 'blocked'))).toEqual([]);
    expect(proxyTruths(instances, membersBy('not-tried', 'well', 'well'))).toEqual([]);
  });
});

describe('the report of a proxy of several VMs', () => {
  const line = (machine: string, blocked: string) =>
    `${machine}: confluent-dr-proxy: release abc: done ${state(blocked)}`;
  const both = (one: string, other: string) => [line('proxy-vm', one), line('proxy-vm-2', other)].join('\n');

  test('tells what each VM does', () => {
    expect(
      machinesIn(both('reject', 'none')).map(({ machine, instances }) => [machine, instances?.[0].blocked]),
    ).toEqual([
      ['proxy-vm', 'reject'],
      ['proxy-vm-2', 'none'],
    ]);
    expect(machinesIn(state('reject'))).toEqual([]);
    expect(machinesIn('confluent-dr-proxy: release abc: nothing to change')).toEqual([]);
  });

  test('counts a cluster as blocked that one of them blocks', () => {
    expect(instancesIn(both('none', 'reject'))?.map(({ name, blocked }) => [name, blocked])).toEqual([
      ['primary', 'reject'],
      ['secondary', 'none'],
    ]);
  });

  test('is a finding where they do not do the same, or one has told nothing', () => {
    expect(proxyFindings(both('reject', 'reject'))).toEqual([]);
    expect(proxyFindings(state('reject'))).toEqual([]);
    expect(proxyFindings(both('reject', 'none'))).toEqual([
      {
        code: 'proxy-vms-differ',
        told: 'proxy-vm: primary reject, secondary none; proxy-vm-2: primary none, secondary none',
      },
    ]);
    expect(disagreementIn(`${line('proxy-vm', 'none')}\nproxy-vm-2: `)).toBe(
      'proxy-vm: primary none, secondary none; proxy-vm-2: unknown',
    );
  });
});

describe('a fence', () => {
  const fenced = (name: string) =>
    JSON.stringify({
      instances: ['primary', 'secondary'].map((own) => ({
        ...{ name: own, blocked: 'none', running: own !== name, openSessions: 0, outage: null },
        fence: own === name ? { since: '2026-05-01T10:00:00Z' } : null,
      })),
    });
  const told = (name: string, active?: 'primary' | 'secondary') =>
    proxyTruths(instancesIn(fenced(name))!, members('well', 'blocked'), active).map(({ agrees }) => agrees);

  test('is held against what is seen, and against who is active', () => {
    expect(told('secondary')).toEqual([true, true]);
    expect(told('secondary', 'primary')).toEqual([true, true]);
    expect(told('primary')).toEqual([false, false]);
    // What is seen is what was told, and not what is wished for.
    expect(told('secondary', 'secondary')).toEqual([false, false]);
  });

  test('is looked for where the proxy tells of none', () => {
    const truths = proxyTruths([], members('well', 'well'), 'primary');
    expect(truths).toEqual([
      { role: 'primary', told: 'none', seen: 'open', agrees: true },
      { role: 'secondary', told: 'none', fenced: true, seen: 'open', agrees: false },
    ]);
    expect(proxyTruthInWords(truths[1])).toMatch(/told to fence it off; they are let through\. That is not as/);
  });

  const checked = (role: 'primary' | 'secondary', verdict: 'well' | 'blocked' | 'blocked-or-broken') => ({
    role,
    clusterId: `lkc-${role}`,
    verdict,
    services: [
      {
        service: 'rest',
        verdict,
        codes: {},
        failures: {},
        outcomes: {
          direct: verdict === 'blocked-or-broken' ? 'not-tried' : 'answers',
          proxy: verdict === 'well' ? 'answers' : 'closed',
        },
      } as const,
    ],
    hosts: [],
    passages: [],
  });

  test.each([
    ['is well where it is wished for', 'primary', 'blocked', true, ['fenced']],
    ['is well where nobody asked directly', 'primary', 'blocked-or-broken', true, ['fenced']],
    ['is not where the other is active', 'secondary', 'blocked', false, ['blocked']],
    [
      'is not where nobody asked directly, and the other is active',
      'secondary',
      'blocked-or-broken',
      false,
      ['blocked-or-broken'],
    ],
  ] as const)('%s', (_what, active, verdict, well, codes) => {
    const pair = { primary: checked('primary', 'well'), secondary: checked('secondary', verdict) };
    const report = healthReport(pair, { access: { active } }, { proxyReport: fenced('secondary') });
    expect(report.well).toBe(well);
    expect(report.members.secondary.findings.map(({ code }) => code)).toEqual(codes);
  });

  test('beside a block is no fault of the proxy, and the block is still told', () => {
    const pair = { primary: checked('primary', 'blocked'), secondary: checked('secondary', 'blocked') };
    const proxyReport = fenced('secondary').replace('"blocked":"none"', '"blocked":"reject"');
    const report = healthReport(pair, { access: { active: 'primary' } }, { proxyReport });
    expect([report.well, report.findings]).toEqual([false, []]);
    expect(report.members.primary.findings).toMatchObject([{ code: 'blocked' }]);
    expect(report.members.secondary.findings).toEqual([{ code: 'fenced' }]);
  });

  test('of one VM of several is a disagreement, and counts', () => {
    const one = (machine: string, name: string) => `${machine}: confluent-dr-proxy: release abc: done ${fenced(name)}`;
    const report = [one('proxy-vm', 'secondary'), one('proxy-vm-2', 'none')].join('\n');
    expect(proxyFindings(report)).toEqual([
      {
        code: 'proxy-vms-differ',
        told: 'proxy-vm: primary none, secondary none and fenced; proxy-vm-2: primary none, secondary none',
      },
    ]);
    expect(instancesIn(report)?.map(({ name, fenced: own }) => [name, own])).toEqual([
      ['primary', false],
      ['secondary', true],
    ]);
  });
});
