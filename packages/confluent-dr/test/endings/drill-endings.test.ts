import { readFileSync } from 'node:fs';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { createTopic } from '../../../confluent-dr-lab/src/cloud/kafka/topics';
import { type Journal } from '../../src/drill/journal';
import { fileOf, outputsOf, removeFiles, said } from '../report/status/support/command';
import { closeDeployedLabs, DeployedLab, type DeployedLabOptions } from '../support/deployed-lab';
import { faulty, produced, statesOf } from '../support/operating-lab';
import { documentProblems } from '../support/output-schema';
import '../support/short-pauses';
import { endingOf, interruptedAtOperation } from './support/told';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

/** A lab whose time runs fifty times as fast as the machine's, and a drill of it that keeps one journal. */
async function drilling(options: DeployedLabOptions = {}) {
  const lab = await DeployedLab.start({ topics: ['orders', 'payments'], partitions: 1, rate: 50, ...options });
  const [outputs, file] = [outputsOf(lab), fileOf('')];
  const words = ['drill', '--outputs', outputs, '--no-toggle', '--no-input', '--journal', file];
  const journal = (): Journal => JSON.parse(readFileSync(file, 'utf8')) as Journal;
  const drill = async (...more: string[]): Promise<string> => endingOf(lab, await said(...words, ...more));
  return { lab, words, drill, journal };
}

/** What the journal says of the whole; its shape is held against the schema. */
function judged(journal: Journal) {
  expect(documentProblems('drill', journal)).toEqual([]);
  const { status, deviated, actuals, not_proven: unproven, interruptions, pid, under_way: underWay } = journal;
  const { lost, discarded } = actuals;
  const begun = interruptions.map(({ from }) => from);
  return { status, deviated, lost, discarded, unproven: unproven.length, begun, pid, underWay };
}

const JUDGED = { deviated: false, lost: 0, discarded: 0, unproven: 1, begun: [], pid: undefined, underWay: undefined };

describe('the end of a drill', () => {
  test('that went there and back', async () => {
    const { drill, journal } = await drilling();
    expect(await drill('--yes')).toMatchSnapshot();
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'completed' });
    expect(journal().targets).toEqual({ lost: 1000, lag: 30 });
    expect(journal().actuals.lag).toBeLessThan(30);
  });

  test('that lost and discarded records', async () => {
    const { lab, drill, journal } = await drilling();
    await faulty(lab, { kind: 'replication-held', target: lab.member('secondary').clusterId });
    await produced(lab, 'primary', 4);
    expect(await drill('--unplanned', '--discard', '--yes', '--config', configOf({ max_lag: '1s' }))).toMatchSnapshot();
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'completed', deviated: true, lost: 4, discarded: 4 });
    expect(journal().targets).toEqual({ lost: 1000, lag: 1 });
    expect(journal().actuals.lag).toBeGreaterThanOrEqual(1);
  });

  test('that left a topic behind', async () => {
    const { lab, drill, journal } = await drilling();
    await lab.cloud.perform((state) => {
      createTopic(state, findKafkaCluster(state, lab.member('primary').clusterId), { name: 'audit', partitions: 1 });
    });
    expect(await drill('--yes')).toMatchSnapshot();
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'completed', deviated: true });
  });

  test('that was not begun, as the pair is not steady', async () => {
    const { lab, drill, journal } = await drilling();
    await faulty(lab, { kind: 'refused', target: lab.member('secondary').clusterId });
    expect(await drill('--yes')).toMatchSnapshot();
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'failed' });
  });

  test('that was refused on the way, and was taken up once that was cured', async () => {
    const { lab, drill, journal } = await drilling();
    const target = lab.member('secondary').clusterId;
    const cure = await faulty(lab, { kind: 'mirror-refused', target, topic: 'payments', code: 400, message: 'No.' });
    expect(await drill('--yes')).toMatchSnapshot('refused');
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'aborted' });
    await cure();
    expect(await drill('--yes')).toMatchSnapshot('taken up');
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'completed', begun: ['failover'] });
  });

  test('whose time is over, and that was taken up', async () => {
    const { lab, drill, journal } = await drilling();
    const cure = await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
    expect(await drill('--yes', '--timeout', '2s')).toMatchSnapshot('late');
    await cure();
    expect(await drill('--yes')).toMatchSnapshot('taken up');
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'completed', begun: ['failover'] });
  });

  test('that was interrupted, and was taken up by the same command', async () => {
    const { lab, words, drill, journal } = await drilling({ rate: 0 });
    const interrupted = await interruptedAtOperation(lab, 'secondary', () => said(...words, '--yes'));
    expect(endingOf(lab, interrupted)).toMatchSnapshot('interrupted');
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'interrupted' });
    lab.cloud.clock.setRate(50);
    expect(await drill('--yes')).toMatchSnapshot('taken up');
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'completed', begun: ['failover'] });
    expect(journal().run.map(({ activity, status }) => `${activity.name} ${status}`)).toEqual([
      'check succeeded',
      'failover failed',
      'failover succeeded',
      'check-moved succeeded',
      'status succeeded',
      'failback succeeded',
    ]);
    expect(await statesOf(lab)).toEqual(['STOPPED/ACTIVE', 'STOPPED/ACTIVE']);
  });

  test('that found a failover of which no journal tells', async () => {
    const { lab, drill, journal } = await drilling();
    await said('failover', '--planned', '--yes', '--no-input', '--outputs', outputsOf(lab));
    expect(await drill('--yes')).toMatchSnapshot('not taken up');
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'failed' });
    expect(await drill('--yes', '--resume')).toMatchSnapshot('taken up');
    expect(judged(journal())).toEqual({ ...JUDGED, status: 'completed', unproven: 2 });
  });
});

const configOf = (values: object): string => fileOf(JSON.stringify(values));
