import { proxyFindings } from '../../src/probe/findings';
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
