import { type TopicLag } from '../../src/observe/topic-lag';
import { isToldWhole, type LagReport } from '../../src/report/status/lag-report';
import { lagText } from '../../src/words/lag';
import { PLAIN } from '../../src/words/text-style';
import { outputsOf, removeFiles, said } from '../report/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { documentProblems } from '../support/output-schema';
import { PLACE } from '../support/place';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

describe('confluent-dr lag', () => {
  test('tells the lags of the lab, in words and as JSON', async () => {
    const outputs = outputsOf(await DeployedLab.start({ topics: 2 }));
    const { code, stdout } = await said('lag', '--outputs', outputs, '--json', '--timeout', '16.1s');
    expect(code).toBe(0);
    expect(documentProblems('lag', JSON.parse(stdout))).toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ topics: [{ topic: 't0000', records: 0 }, {}], groups: [], untold: [] });
    expect((await said('lag', '--outputs', outputs)).stdout).toMatch(/^topics\n.*\nt0000\s+secondary, ACTIVE\s+0\n/);
  });

  test('has exit code 4 where a part is not told', async () => {
    const outputs = outputsOf(await DeployedLab.start({ topics: 1 }), { primarySecret: 'wrong' });
    const { code, stdout } = await said('lag', '--outputs', outputs);
    expect(code).toBe(4);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/primary: GET .*the API key is wrong/);
    expect(await said('lag', '--outputs', outputs, '--topics', 't0000', '--group', 'a, b', '--json')).toMatchObject({
      stdout: expect.stringMatching(/no-such-group.*"a".*no-such-group.*"b"/s) as string,
    });
  });

  test.each<[string, Partial<TopicLag>, boolean]>([
    ['a mirror that tells of none of its partitions', { records: undefined, partitions: [] }, false],
    ['a member that does not tell what a topic is', { kind: 'unknown', records: undefined, partitions: [] }, false],
    ['a topic without a mirror', { kind: 'none', records: undefined, partitions: [] }, true],
    ['a mirror that tells of all', {}, true],
  ])('of %s (%j) is told as a whole: %j', (_, changes, isWhole) => {
    expect(isToldWhole({ topics: [{ ...measured('t', 0), ...changes }], groups: [], untold: [] })).toBe(isWhole);
  });

  test('ends with exit code 4 when its time is over', async () => {
    const lab = await DeployedLab.start();
    const body = JSON.stringify({ kind: 'hanging', target: lab.member('primary').clusterId });
    await fetch(`${lab.cloud.url}/lab/v1/faults`, { method: 'POST', body });
    const { code, stdout, stderr } = await said('lag', '--outputs', outputsOf(lab), '--timeout', '0.3s');
    expect([code, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/not all was told within 0\.3 s/);
  });
});

const measured = (topic: string, ...records: number[]): TopicLag => ({
  topic,
  kind: 'measured',
  mirrorOn: 'secondary',
  status: 'ACTIVE',
  records: records.reduce((sum, own) => sum + own, 0),
  partitions: records.map((own, partition) => ({ partition, records: own })),
});

const REPORT: LagReport = {
  topics: [
    ...Array.from({ length: 12 }, (_, index) => measured(`steady-${index}`, 0, 0)),
    measured('behind', 3, 0, 4),
    { topic: 'stopped', kind: 'frozen', mirrorOn: 'secondary', status: 'STOPPED', records: 2, partitions: [] },
    { topic: 'both', kind: 'frozen', partitions: [] },
    { topic: 'unseen', kind: 'unknown', partitions: [] },
    { topic: 'alone', kind: 'none', partitions: [] },
  ],
  groups: [
    {
      group: 'steady',
      topic: 'orders',
      active: 'primary',
      lag: { primary: 0, secondary: 0 },
      readAgain: 0,
      partitions: [],
    },
    {
      group: 'billing',
      topic: 'orders',
      active: 'primary',
      lag: { primary: 3, secondary: 8 },
      readAgain: 5,
      partitions: [],
    },
    {
      group: 'odd',
      topic: 'orders',
      active: 'primary',
      lag: { primary: 3, secondary: 1 },
      readAgain: 1,
      leftOut: 3,
      partitions: [],
    },
    { group: 'new', topic: 'orders', lag: { primary: 3 }, partitions: [] },
  ],
  untold: [
    { code: 'offsets-not-told', on: 'secondary', names: ['x'], told: 'forbidden.' },
    { code: 'no-such-group', names: ['y'] },
  ],
};

describe('what is said of lags', () => {
  test('is described by its schema', () => {
    expect(documentProblems('lag', JSON.parse(JSON.stringify(REPORT)))).toEqual([]);
    expect(documentProblems('lag', { ...REPORT, groups: [{ group: 'x' }] })).not.toEqual([]);
  });

  test.each([60, 140])('fits %i columns', (width) => {
    const text = lagText(REPORT, false, PLACE, { width, paint: PLAIN });
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(width);
    expect(text).toMatchSnapshot();
  });

  test('leaves out topics that are not behind, unless all are wished for', () => {
    const look = { width: 140, paint: PLAIN };
    expect(lagText(REPORT, false, PLACE, look)).toMatch(/and 2 more that are not behind/);
    expect(lagText(REPORT, false, PLACE, look)).not.toMatch(/steady-11/);
    expect(lagText(REPORT, true, PLACE, look)).toMatch(/steady-11 .* 0: 0, 1: 0/);
    expect(lagText({ topics: [], groups: [], untold: [] }, false, PLACE, look)).toMatch(/^topics\nnone are told/);
  });
});
