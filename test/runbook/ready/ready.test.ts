import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { aclsText } from '../../../lib/cli/runbook/present/acl';
import { PLAIN } from '../../../lib/cli/terminal';
import { neededAcls } from '../../../lib/runbook/acls';
import { type DocumentOf } from '../../../lib/runbook/output-schema';
import { junitReport, type RuleFinding, RULES } from '../../../lib/runbook/ready';
import { groupsLeftOut } from '../../../lib/runbook/ready/group-filters';
import { fileOf, outputsOf, removeFiles, said } from '../status/support/command';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { documentProblems } from '../support/output-schema';

jest.setTimeout(60_000);

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
      // The lab is on loopback, past every proxy, and no cloud key was given.
      DR009: 'unknown',
      DR010: 'unknown',
      DR011: 'unknown',
      DR012: 'met',
      DR013: 'met',
    });
    expect([code, document.ready]).toEqual([4, false]);
    expect(readFileSync(junit, 'utf8')).toMatch(/<testcase [^>]*DR009[^>]*><error message=/);
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

test('JUnit escapes what XML has a meaning for', () => {
  const finding: RuleFinding = { id: 'DR001', title: 'a < b', verdict: 'broken', told: ['"x" & \u0000\n'] };
  expect(junitReport([finding])).toContain('name="DR001 a &#60; b"><failure message="&#34;x&#34; &#38; \ufffd&#10;"/>');
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
  const text = aclsText({ primary: member, secondary: member }, { width: 80, paint: PLAIN });
  expect(text.split('\n').length).toBeLessThanOrEqual(12);
  expect(text).toContain('READ and DESCRIBE_CONFIGS on 500 topics');
});
