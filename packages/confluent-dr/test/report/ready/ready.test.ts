import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statusOfPair } from '../../../../../test/docs/pair-states';
import { neededAcls } from '../../../src/observe/acls';
import { type Role, type SideOfTopic } from '../../../src/observe/pair-observation';
import { type Block, type ProxyTruth } from '../../../src/probe/proxy-report';
import { type DocumentOf } from '../../../src/report/output-schema/documents';
import { groupsLeftOut } from '../../../src/report/ready/group-filters';
import { type ReadyFacts, type RuleFinding, RULES } from '../../../src/report/ready/rules';
import { CLIENT_ACCESS } from '../../../src/report/ready/rules/client-access';
import { LAG } from '../../../src/report/ready/rules/lag';
import { PROXY_STATE } from '../../../src/report/ready/rules/proxy-state';
import { aclsText, toBeCreatedText } from '../../../src/words/acls';
import { junitReport } from '../../../src/words/junit';
import { readyText } from '../../../src/words/ready';
import { PLAIN } from '../../../src/words/text-style';
import { pairWith, topicOf } from '../../plan/support/observations';
import { closeDeployedLabs, DeployedLab } from '../../support/deployed-lab';
import { documentProblems } from '../../support/output-schema';
import { PLACE } from '../../support/place';
import { fileOf, outputsOf, removeFiles, said } from '../status/support/command';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

test('the ids are DR001 and so on, each once', () => {
  expect(RULES.map(({ id }) => id)).toEqual(RULES.map((_, index) => `DR${String(index + 1).padStart(3, '0')}`));
});

describe('confluent-dr ready', () => {
  test('judges each rule, is not ready with one that cannot be judged, and writes JUnit', async () => {
    const lab = await DeployedLab.start({ topics: 2 });
    const junit = join(fileOf('x'), '..', 'ready.xml');
    const { code, stdout } = await said('ready', '--outputs', outputsOf(lab), '--json', '--junit', junit);
    const document = JSON.parse(stdout) as DocumentOf<'ready'>;
    expect(documentProblems('ready', document)).toEqual([]);
    const verdicts = Object.fromEntries(document.rules.map(({ id, verdict }) => [id, verdict]));
    expect(verdicts).toMatchObject({
      DR001: 'met',
      DR002: 'met',
      DR003: 'met',
      DR004: 'met',
      DR005: 'met',
      DR007: 'met',
      // The lab is on loopback, past every proxy, and its control plane was not told.
      DR009: 'not-applicable',
      DR010: 'not-applicable',
      DR011: 'unknown',
      DR012: 'met',
      DR013: 'met',
      DR015: 'not-applicable',
    });
    expect([code, document.ready]).toEqual([4, false]);
    expect(readFileSync(junit, 'utf8')).toMatch(
      /<testcase [^>]*DR011[^>]*><error type="control-plane-not-asked" message=/,
    );
  });

  test('finds nothing met of a member that does not tell', async () => {
    const lab = await DeployedLab.start({ topics: 2 });
    const outputs = outputsOf(lab, { primarySecret: 'wrong' });
    const { stdout } = await said('ready', '--outputs', outputs, '--json');
    const { rules } = JSON.parse(stdout) as DocumentOf<'ready'>;
    const told = rules.filter(({ verdict }) => verdict === 'met').map(({ id }) => id);
    expect(told).toEqual([]);
    expect(rules.find(({ id }) => id === 'DR007')?.verdict).toBe('broken');
  });
});

test('what lags is told with each name once, and by how much', () => {
  const { sides, name } = topicOf({ primary: 'topic', secondary: 'ACTIVE' }, 'orders');
  const secondary = { ...sides.secondary, lags: [{ partition: 0, lag: 1001 }] } as SideOfTopic;
  const pair = pairWith({ name, sides: { primary: sides.primary, secondary } });
  const status = statusOfPair(pair, { late: ['orders'] });
  expect(LAG.judge({ status } as ReadyFacts)).toEqual({
    verdict: 'broken',
    reasons: [
      { code: 'lag-records', names: ['orders'], records: 1001 },
      { code: 'lag-time', names: ['orders'] },
    ],
  });
});

describe('a proxy', () => {
  const pair = pairWith(topicOf({ primary: 'topic', secondary: 'ACTIVE' }));
  const truth = (role: Role, told: Block, seen: ProxyTruth['seen'] = told === 'none' ? 'open' : 'blocked') =>
    ({ role, told, seen, agrees: (told === 'none') === (seen === 'open') }) satisfies ProxyTruth;
  const judged = (told: readonly ProxyTruth[], source: Parameters<typeof statusOfPair>[1] = {}) => {
    const facts = { status: statusOfPair(pair, source), health: { proxy: { told } } } as unknown as ReadyFacts;
    return Object.fromEntries(
      [PROXY_STATE, CLIENT_ACCESS].map((rule) => [rule.id, rule.judge(facts).reasons.map(({ code }) => code)]),
    );
  };
  const open = [truth('primary', 'none'), truth('secondary', 'none')];
  const reported = (...blocks: readonly Block[]) => ({
    proxyReport: blocks
      .map(
        (blocked, index) =>
          `vm-${index}: confluent-dr-proxy: ${JSON.stringify({ instances: [{ name: 'primary', blocked }] })}`,
      )
      .join('\n'),
  });

  test('that does what it was told lets a pair be ready, and one that keeps clients from a member does not', () => {
    expect(judged(open, { ...reported('none'), access: 'primary' })).toEqual({ DR010: [], DR015: [] });
    expect(judged([truth('primary', 'reject'), open[1]], reported('reject'))).toMatchObject({
      DR015: ['clients-blocked'],
    });
    expect(judged([open[0], truth('secondary', 'blackhole')])).toMatchObject({ DR015: ['standby-blocked'] });
    expect(judged(open, { access: 'secondary' })).toMatchObject({ DR015: ['clients-elsewhere'] });
  });

  test('whose block is over is told once, as one that does not do what it was told', () => {
    expect(judged([open[0], truth('secondary', 'reject', 'open')])).toEqual({ DR010: ['proxy-disagrees'], DR015: [] });
  });

  test('whose VMs do not do the same does not do what it was told, by whichever VM was seen', () => {
    expect(judged([truth('primary', 'reject'), open[1]], reported('reject', 'none'))).toMatchObject({
      DR010: ['proxy-vms-differ'],
    });
  });

  test('of which nothing was seen is not known to let clients in', () => {
    expect(judged([])).toEqual({ DR010: ['proxy-not-seen'], DR015: ['proxy-not-seen'] });
  });
});

describe('what is told of the rules', () => {
  const look = { width: 40, paint: PLAIN };
  const finding = (verdict: RuleFinding['verdict'], id: RuleFinding['id'] = 'DR001'): RuleFinding => ({
    id,
    title: 'Every topic has a mirror or was said to be left out',
    verdict,
    reasons: verdict === 'met' ? [] : [{ code: 'unmirrored', names: ['orders'] }],
  });
  const last = (...findings: RuleFinding[]) =>
    readyText(findings, undefined, PLACE, { ...look, width: 80 })
      .split('\n')
      .at(-1);

  test('tells rules that are broken from those that cannot be judged', () => {
    expect(last(finding('met'))).toBe('Ready.');
    expect(last(finding('met'), finding('unknown'))).toBe('Not ready: of 2 rules 1 cannot be judged.');
    expect(last(finding('broken'), finding('broken'), finding('unknown'))).toBe(
      'Not ready: of 3 rules 2 are broken, 1 cannot be judged.',
    );
  });

  test('ends with the command to run next, and fits a narrow terminal', () => {
    const text = readyText([finding('broken')], { because: 'unmirrored', command: ['status', '--all'] }, PLACE, look);
    expect(text.split('\n').at(-1)).toBe('Next: npx confluent-dr status --all');
    expect(text.split('\n').filter((line) => line.length > 40)).toEqual([]);
  });
});

test('JUnit escapes what XML has a meaning for', () => {
  const reasons = [{ code: 'groups-left-out', names: ['"x" & \u0000\n'] }] as const;
  const finding: RuleFinding = { id: 'DR001', title: 'a < b', verdict: 'broken', reasons };
  const report = junitReport([finding], { at: new Date('2026-01-02T03:04:05.678Z'), seconds: 1.5 });
  expect(report).toContain('name="DR001 a &#60; b" time="0">');
  expect(report).toContain('<failure type="groups-left-out" message="&#34;x&#34; &#38; \ufffd&#10;"/>');
  expect(report).toContain('time="1.500" timestamp="2026-01-02T03:04:05">');
});

describe('groups that the filters leave out', () => {
  const filters = (...rows: [string, string, string][]) =>
    new Map([
      ['consumer.offset.sync.enable', 'true'],
      [
        'consumer.offset.group.filters',
        JSON.stringify({
          groupFilters: rows.map(([name, patternType, filterType]) => ({ name, patternType, filterType })),
        }),
      ],
    ]);

  test.each([
    [filters(['*', 'LITERAL', 'INCLUDE']), []],
    [filters(['bil', 'PREFIXED', 'INCLUDE']), ['orders']],
    [filters(['*', 'LITERAL', 'INCLUDE'], ['billing', 'LITERAL', 'EXCLUDE']), ['billing']],
    [filters(), ['billing', 'orders']],
    [new Map<string, string>(), ['billing', 'orders']],
    [new Map([['consumer.offset.sync.enable', 'true']]), undefined],
  ])('case %#', (settings, leftOut) => {
    expect(groupsLeftOut(settings, ['billing', 'orders'])).toEqual(leftOut);
  });
});

test('the ACLs of 500 topics are told in a few lines', () => {
  const names = Array.from({ length: 500 }, (_, index) => `topic-${index}`);
  const acls = neededAcls(names).map((acl) => ({ ...acl, verdict: 'missing' as const }));
  const member = { kind: 'known', principal: 'User:sa-1', acls } as const;
  const text = aclsText({ primary: member, secondary: member }, PLACE, { width: 80, paint: PLAIN });
  expect(text.split('\n').length).toBeLessThanOrEqual(12);
  expect(text).toContain('READ and DESCRIBE_CONFIGS on 500 topics');
  const created = toBeCreatedText({ primary: member, secondary: member }, false, { width: 80, paint: PLAIN });
  expect(created.split('\n').length).toBeLessThanOrEqual(6);
  expect(created).toContain('on the secondary: READ and DESCRIBE_CONFIGS on 500 topics');
  const every = toBeCreatedText({ primary: member, secondary: member }, true, { width: 80, paint: PLAIN });
  expect(every.split('\n')).toHaveLength(2 * acls.length);
});
