import { addAcl, removeAcls } from '../../../src/cloud/kafka/acls';
import { ModelPair, STEP, TOPIC } from '../support/model-pair';

describe('promote', () => {
  test('waits until the mirror lacks nothing, then stops it', () => {
    const pair = new ModelPair({}, { fetchRecords: 10 });
    pair.produce('primary', 1_000);
    pair.operate('secondary', 'promote');
    pair.wait(2 * STEP);
    expect(pair.status('secondary')).toBe('PENDING_STOPPED');
    expect(pair.isWritable('secondary')).toBe(false);

    pair.wait(10 * STEP);
    expect([pair.status('secondary'), pair.lag('secondary')]).toEqual(['STOPPED', 0]);
    expect(pair.records('secondary')).toEqual(pair.records('primary'));
  });

  test('needs the source, and says what to do without it', () => {
    const pair = new ModelPair();
    pair.lose('primary');
    expect(pair.operate('secondary', 'promote').errorMessage).toMatch(/Use failover/);
  });
});

describe('failover', () => {
  test('works without the source and gives up what was not fetched', () => {
    const pair = new ModelPair();
    const hold = pair.fault({ kind: 'replication-held', target: pair.member('secondary').clusterId });
    pair.produce('primary', 30);
    pair.lose('primary');
    hold();
    expect(pair.operate('secondary', 'failover').errorCode).toBeNull();
    expect(pair.status('secondary')).toBe('PENDING_STOPPED');

    pair.wait(STEP);
    expect([pair.status('secondary'), pair.lag('secondary')]).toEqual(['STOPPED', 30]);
    expect(pair.isWritable('secondary')).toBe(true);
    expect(pair.records('secondary')).toEqual([]);
    // What was lost stays told, whatever is written afterwards.
    pair.produce('secondary', 12);
    expect(pair.lag('secondary')).toBe(30);
  });

  test('fetches no more once it is asked for, although the source is there', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'failover');
    pair.produce('primary', 5);
    pair.wait(STEP);
    expect(pair.records('secondary')).toEqual([]);
  });

  test('ends a reversal that cannot end by itself; the old source becomes an ordinary topic again', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'reverse-and-start-mirror');
    const bringBack = pair.lose('primary');
    expect(pair.operate('secondary', 'failover').errorCode).toBeNull();
    pair.wait(STEP);
    expect([pair.status('secondary'), pair.status('primary')]).toEqual(['STOPPED', 'PENDING_MIRROR']);

    bringBack();
    expect([pair.status('primary'), pair.isWritable('primary')]).toEqual([undefined, true]);
  });

  test('ends a promotion that cannot end by itself', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'promote');
    pair.lose('primary');
    pair.operate('secondary', 'failover');
    pair.wait(STEP);
    expect(pair.status('secondary')).toBe('STOPPED');
  });
});

describe('truncate-and-restore', () => {
  test('is refused while somebody consumes the topic there, and not afterwards', () => {
    const pair = new ModelPair({}, { groupSessionMs: 10_000 });
    pair.produce('primary', 5);
    pair.operate('secondary', 'failover');
    pair.wait(STEP);
    pair.consume('primary', 'billing');
    pair.consume('secondary', 'elsewhere');
    for (const validateOnly of [true, false]) {
      const row = pair.operate('primary', 'truncate-and-restore', validateOnly);
      expect(row).toMatchObject({
        errorCode: 400,
        errorMessage: expect.stringMatching(/active .*: billing\./) as unknown,
      });
    }
    expect([pair.status('primary'), pair.isWritable('primary')]).toEqual([undefined, true]);

    pair.wait(10_000);
    expect(pair.operate('primary', 'truncate-and-restore').errorCode).toBeNull();
  });

  test('does not mind groups of other topics, nor those that only a link brought', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'failover');
    pair.wait(STEP);
    const { consumerGroups } = pair.cluster('primary');
    consumerGroups.set('other', { id: 'other', offsets: new Map([['payments', [0]]]), lastReadAt: pair.state.now });
    consumerGroups.set('synced', { id: 'synced', offsets: new Map([[TOPIC, [0, 0]]]) });
    expect(pair.operate('primary', 'truncate-and-restore').errorCode).toBeNull();
  });

  test('is ruled out by a link prefix, as a reversal is', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'failover');
    pair.wait(STEP);
    pair.side('primary').settings.set('cluster.link.prefix', 'x.');
    expect(pair.operate('primary', 'truncate-and-restore').errorMessage).toMatch(/prefix/);
  });

  test('needs a link that may read what is restored', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'failover');
    pair.wait(STEP);
    const denial = { ...pair.acl('TOPIC', TOPIC, 'READ'), permission: 'DENY' };
    pair.do(() => addAcl(pair.cluster('secondary'), denial));
    expect(pair.operate('primary', 'truncate-and-restore')).toMatchObject({ errorCode: 40301 });
    pair.do(() => removeAcls(pair.cluster('secondary'), denial));
    expect(pair.operate('primary', 'truncate-and-restore').errorCode).toBeNull();
  });

  /** The primary is lost with 30 records that the secondary has not, the secondary takes over and gets 7 of its own. */
  function disaster(): { pair: ModelPair; bringBack: () => void } {
    const pair = new ModelPair();
    pair.produce('primary', 100);
    pair.wait(200);
    const hold = pair.fault({ kind: 'replication-held', target: pair.member('secondary').clusterId });
    pair.produce('primary', 30);
    const bringBack = pair.lose('primary');
    hold();
    pair.operate('secondary', 'failover');
    pair.wait(STEP);
    pair.produce('secondary', 7);
    return { pair, bringBack };
  }

  test('says how many records it throws away, partition by partition, and then follows', () => {
    const { pair, bringBack } = disaster();
    bringBack();
    expect(pair.operate('primary', 'truncate-and-restore').truncation).toEqual([
      { partition: 0, truncatedTo: 50, messages: 15 },
      { partition: 1, truncatedTo: 50, messages: 15 },
    ]);
    expect([pair.status('primary'), pair.isWritable('primary')]).toEqual(['PENDING_SETUP_FOR_RESTORE', false]);
    pair.wait(STEP);
    expect(pair.status('primary')).toBe('PENDING_RESTORE');
    pair.wait(STEP);
    expect(pair.status('primary')).toBe('ACTIVE');
    expect(pair.records('primary')).toEqual(pair.records('secondary'));
    expect(pair.records('primary')).toHaveLength(107);
  });

  test('leads back to the primary by a reversal', () => {
    const { pair, bringBack } = disaster();
    bringBack();
    pair.operate('primary', 'truncate-and-restore');
    pair.wait(2 * STEP);
    expect(pair.operate('primary', 'reverse-and-start-mirror').errorCode).toBeNull();
    pair.wait(STEP);
    expect([pair.status('primary'), pair.status('secondary')]).toEqual(['STOPPED', 'ACTIVE']);
    expect(pair.isWritable('primary')).toBe(true);
  });

  test('tells the counts without doing anything when it is to validate only', () => {
    const { pair, bringBack } = disaster();
    bringBack();
    const before = pair.records('primary');
    expect(pair.operate('primary', 'truncate-and-restore', true).truncation).toHaveLength(2);
    pair.wait(5 * STEP);
    expect(pair.records('primary')).toEqual(before);
    expect(pair.status('primary')).toBeUndefined();
  });

  test('needs the other cluster', () => {
    const { pair } = disaster();
    expect(pair.operate('primary', 'truncate-and-restore').errorMessage).toMatch(/cannot be reached/);
  });

  test('is refused where there is nothing to restore from', () => {
    const pair = new ModelPair();
    expect(pair.operate('primary', 'truncate-and-restore').errorMessage).toMatch(/no stopped mirror/);
    expect(pair.operate('secondary', 'truncate-and-restore').errorMessage).toMatch(/a mirror already/);
  });

  test('is refused on the side that stopped later, which is the one with the newer records', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'reverse-and-start-mirror');
    pair.wait(STEP);
    pair.operate('primary', 'failover');
    pair.wait(STEP);
    pair.produce('primary', 3);
    expect(pair.operate('primary', 'truncate-and-restore').errorMessage).toMatch(/newer/);
    expect(pair.operate('secondary', 'truncate-and-restore').errorCode).toBeNull();
  });

  test('takes over partitions that were added while the primary was away', () => {
    const { pair, bringBack } = disaster();
    pair.cluster('secondary').topics.get('orders')?.partitions.push({ end: 0, runs: [] });
    bringBack();
    pair.operate('primary', 'truncate-and-restore');
    pair.wait(3 * STEP);
    expect(pair.status('primary')).toBe('ACTIVE');
    expect(pair.cluster('primary').topics.get('orders')?.partitions).toHaveLength(3);
  });
});
