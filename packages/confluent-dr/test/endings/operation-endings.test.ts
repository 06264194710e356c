import { removeAcls } from '../../../confluent-dr-lab/src/cloud/kafka/acls';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { createTopic } from '../../../confluent-dr-lab/src/cloud/kafka/topics';
import { outputsOf, removeFiles, said } from '../report/status/support/command';
import { closeDeployedLabs, DeployedLab, type DeployedLabOptions } from '../support/deployed-lab';
import { faulty, lose, produced } from '../support/operating-lab';
import '../support/short-pauses';
import { ended, endingOf, interruptedAtOperation } from './support/told';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

/** A lab whose time runs fifty times as fast as the machine's. */
const running = (options: DeployedLabOptions = {}): Promise<DeployedLab> =>
  DeployedLab.start({ topics: ['orders', 'payments'], partitions: 1, rate: 50, ...options });

const run = (lab: DeployedLab, ...words: string[]): Promise<string> =>
  ended(lab, ...words, '--outputs', outputsOf(lab), '--no-input');

/** A primary that is lost with four records of `orders` that the secondary lacks. */
async function disaster(): Promise<{ readonly lab: DeployedLab; readonly bring: () => Promise<void> }> {
  const lab = await running();
  const follow = await faulty(lab, { kind: 'replication-held', target: lab.member('secondary').clusterId });
  await produced(lab, 'primary', 4);
  await lab.wait(1000);
  const back = await lose(lab, 'primary');
  await follow();
  return { lab, bring: back };
}

describe('the end of a failover', () => {
  test('that moved all, and of the same once more', async () => {
    const lab = await running();
    expect(await run(lab, 'failover', '--planned', '--yes')).toMatchSnapshot('moved');
    expect(await run(lab, 'failover', '--planned', '--yes')).toMatchSnapshot('once more');
  });

  test('that lost records', async () => {
    const { lab } = await disaster();
    expect(await run(lab, 'failover', '--unplanned', '--yes')).toMatchSnapshot();
  });

  test('that is refused, as the primary is gone', async () => {
    const { lab } = await disaster();
    expect(await run(lab, 'failover', '--planned', '--yes')).toMatchSnapshot();
  });

  test('that is refused, as one topic would be', async () => {
    const lab = await running();
    const target = lab.member('secondary').clusterId;
    await faulty(lab, { kind: 'mirror-refused', target, topic: 'payments', code: 400, message: 'Not today.' });
    expect(await run(lab, 'failover', '--planned', '--yes')).toMatchSnapshot('refused');
    expect(await run(lab, 'failover', '--planned', '--yes', '--partial')).toMatchSnapshot('in part');
  });

  test('that is refused for want of ACLs', async () => {
    const lab = await running();
    await lab.cloud.perform((state) =>
      removeAcls(findKafkaCluster(state, lab.member('secondary').clusterId), { resourceName: 'payments' }),
    );
    expect(await run(lab, 'failover', '--planned', '--yes')).toMatchSnapshot();
  });

  test('that leaves a topic behind which nothing mirrors', async () => {
    const lab = await running();
    await lab.cloud.perform((state) => {
      createTopic(state, findKafkaCluster(state, lab.member('primary').clusterId), { name: 'audit', partitions: 1 });
    });
    expect(await run(lab, 'failover', '--planned', '--yes')).toMatchSnapshot();
  });

  test('that nobody agreed to', async () => {
    const lab = await running();
    expect(await run(lab, 'failover', '--planned')).toMatchSnapshot();
  });

  test('whose time is over', async () => {
    const lab = await running();
    await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
    expect(await run(lab, 'failover', '--planned', '--yes', '--timeout', '9s')).toMatchSnapshot();
  });

  test.each([2, 30])(
    'fits a screen of 80 columns and 24 lines where its time is over, for %i topics',
    async (topics) => {
      const { COLUMNS } = process.env;
      process.env.COLUMNS = '80';
      try {
        const lab = await running({ topics });
        await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
        const text = await run(lab, 'failover', '--planned', '--yes', '--timeout', '9s');
        const lines = text.split('\n').slice(1);
        expect(lines[0]).toBe('Planned: the secondary becomes active, nothing is lost.');
        expect(text).toContain('failover --planned');
        const rows = lines.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / 80)), 0);
        expect(rows).toBeLessThanOrEqual(24);
        // Commands alone are not broken.
        expect(lines.filter((line) => line.length > 80 && !line.startsWith('  $ '))).toEqual([]);
      } finally {
        process.env.COLUMNS = COLUMNS;
        if (COLUMNS === undefined) {
          delete process.env.COLUMNS;
        }
      }
    },
  );

  test('that was interrupted on the way', async () => {
    const lab = await running({ rate: 0 });
    const words = ['failover', '--planned', '--yes', '--no-input', '--outputs', outputsOf(lab)];
    expect(endingOf(lab, await interruptedAtOperation(lab, 'secondary', () => said(...words)))).toMatchSnapshot();
  });
});

describe('the end of a failback', () => {
  test('that brought all back, and of the same once more', async () => {
    const lab = await running();
    await said('failover', '--planned', '--yes', '--no-input', '--outputs', outputsOf(lab));
    expect(await run(lab, 'failback', '--yes')).toMatchSnapshot('moved');
    expect(await run(lab, 'failback', '--yes')).toMatchSnapshot('once more');
  });

  test('that would discard records, which nobody agreed to, and that did', async () => {
    const { lab, bring } = await disaster();
    await said('failover', '--unplanned', '--yes', '--no-input', '--outputs', outputsOf(lab));
    await bring();
    await lab.wait(5000);
    expect(await run(lab, 'failback', '--yes')).toMatchSnapshot('declined');
    expect(await run(lab, 'failback', '--yes', '--discard')).toMatchSnapshot('discarded');
  });

  test('that is refused, as the primary is still gone', async () => {
    const { lab } = await disaster();
    await said('failover', '--unplanned', '--yes', '--no-input', '--outputs', outputsOf(lab));
    expect(await run(lab, 'failback', '--yes', '--discard')).toMatchSnapshot();
  });
});
