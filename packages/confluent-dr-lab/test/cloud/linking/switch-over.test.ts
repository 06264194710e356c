import { removeAcls } from '../../../src/cloud/kafka/acls';
import { ModelPair, STEP, TOPIC } from '../support/model-pair';

describe('reverse-and-start-mirror', () => {
  test('makes the mirror writable and its source an active mirror, with every record on both', () => {
    const pair = new ModelPair();
    pair.produce('primary', 101);

    expect(pair.operate('secondary', 'reverse-and-start-mirror')).toMatchObject({
      errorCode: null,
      errorMessage: null,
    });
    expect([pair.status('secondary'), pair.status('primary')]).toEqual(['PENDING_SYNCHRONIZE', 'PENDING_MIRROR']);
    expect([pair.isWritable('secondary'), pair.isWritable('primary')]).toEqual([false, false]);

    pair.wait(STEP);
    expect([pair.status('secondary'), pair.status('primary')]).toEqual(['STOPPED', 'ACTIVE']);
    expect([pair.isWritable('secondary'), pair.isWritable('primary')]).toEqual([true, false]);
    expect(pair.records('secondary')).toEqual(pair.records('primary'));
    expect(pair.records('secondary')).toHaveLength(101);
  });

  test('goes there and back again, each side carrying what the other got', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'reverse-and-start-mirror');
    pair.wait(STEP);
    pair.produce('secondary', 10);
    pair.wait(200);
    pair.operate('primary', 'reverse-and-start-mirror');
    pair.wait(STEP);

    expect([pair.status('secondary'), pair.status('primary')]).toEqual(['ACTIVE', 'STOPPED']);
    expect(pair.records('primary')).toHaveLength(10);
    expect(pair.records('secondary')).toEqual(pair.records('primary'));
  });

  test('leaves the new mirror PAUSED if asked to, until it is resumed', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'reverse-and-pause-mirror');
    pair.wait(STEP);
    expect(pair.status('primary')).toBe('PAUSED');

    pair.produce('secondary', 5);
    pair.wait(STEP);
    expect(pair.lag('primary')).toBe(5);
    pair.operate('primary', 'resume');
    pair.wait(200);
    expect([pair.status('primary'), pair.lag('primary')]).toEqual(['ACTIVE', 0]);
  });

  test('waits until the mirror has everything, however long that takes', () => {
    const pair = new ModelPair({}, { fetchRecords: 10 });
    pair.produce('primary', 2_000);
    pair.operate('secondary', 'reverse-and-start-mirror');
    pair.wait(5 * STEP);
    expect(pair.status('secondary')).toBe('PENDING_SYNCHRONIZE');

    pair.wait(10 * STEP);
    expect([pair.status('secondary'), pair.lag('secondary')]).toEqual(['STOPPED', 0]);
  });

  test.each(['primary', 'secondary'] as const)('fails while the %s is down, and changes nothing', (side) => {
    const pair = new ModelPair();
    const bringBack = pair.lose(side);
    expect(pair.operate('secondary', 'reverse-and-start-mirror').errorMessage).toMatch(/cannot reach each other/);
    expect([pair.status('secondary'), pair.status('primary')]).toEqual(['ACTIVE', undefined]);

    bringBack();
    expect(pair.operate('secondary', 'reverse-and-start-mirror').errorCode).toBeNull();
  });

  test('stays pending while a side goes down in the middle, says why, and ends when it is back', () => {
    const pair = new ModelPair();
    pair.produce('primary', 10);
    pair.operate('secondary', 'reverse-and-start-mirror');
    const bringBack = pair.lose('primary');
    pair.wait(10 * STEP);
    expect(pair.status('secondary')).toBe('PENDING_SYNCHRONIZE');
    expect(pair.transitionErrors('secondary')[0].message).toMatch(/cannot reach each other/);

    bringBack();
    pair.wait(STEP);
    expect([pair.status('secondary'), pair.status('primary')]).toEqual(['STOPPED', 'ACTIVE']);
    expect(pair.transitionErrors('secondary')).toEqual([]);
  });

  test.each([
    ['primary', 'TOPIC', TOPIC, 'READ'],
    ['primary', 'TOPIC', TOPIC, 'DESCRIBE_CONFIGS'],
    ['primary', 'CLUSTER', 'kafka-cluster', 'ALTER'],
    ['secondary', 'TOPIC', TOPIC, 'READ'],
    ['secondary', 'TOPIC', TOPIC, 'DESCRIBE_CONFIGS'],
    ['secondary', 'CLUSTER', 'kafka-cluster', 'ALTER'],
  ] as const)(
    'fails where the %s lacks the ACL %s %s %s, whatever the roles, and works once it is there',
    (side, ...acl) => {
      const pair = new ModelPair();
      const [resourceType, resourceName, operation] = acl;
      pair.do(() => removeAcls(pair.cluster(side), { resourceType, resourceName, operation }));

      const refused = pair.operate('secondary', 'reverse-and-start-mirror');
      expect(refused).toMatchObject({ errorCode: 40301 });
      expect(refused.errorMessage).toContain(
        `${operation} on ${resourceType} ${resourceName} of ${pair.cluster(side).id}`,
      );
      expect(pair.status('secondary')).toBe('ACTIVE');

      pair.allowReversal();
      expect(pair.operate('secondary', 'reverse-and-start-mirror').errorCode).toBeNull();
    },
  );

  test('is ruled out by a link prefix', () => {
    const pair = new ModelPair();
    pair.side('primary').settings.set('cluster.link.prefix', 'x.');
    expect(pair.operate('secondary', 'reverse-and-start-mirror').errorMessage).toMatch(/prefix/);
  });

  test('only tells what would happen when it is to validate only', () => {
    const pair = new ModelPair();
    const before = structuredClone(pair.state);
    expect(pair.operate('secondary', 'reverse-and-start-mirror', true).errorCode).toBeNull();
    expect(pair.state).toEqual(before);
  });

  test('is refused for a mirror that has stopped', () => {
    const pair = new ModelPair();
    pair.operate('secondary', 'reverse-and-start-mirror');
    pair.wait(STEP);
    expect(pair.operate('secondary', 'reverse-and-start-mirror')).toMatchObject({
      errorCode: 400,
      errorMessage: "Topic 'orders' has already stopped its mirror from 'orders-dr'",
    });
  });

  test('stays in the middle while a fault holds it there', () => {
    const pair = new ModelPair();
    const release = pair.fault({ kind: 'mirror-stuck', target: pair.member('secondary').clusterId });
    pair.operate('secondary', 'reverse-and-start-mirror');
    pair.wait(100 * STEP);
    expect([pair.status('secondary'), pair.status('primary')]).toEqual(['PENDING_SYNCHRONIZE', 'PENDING_MIRROR']);
    release();
    pair.wait(1);
    expect([pair.status('secondary'), pair.status('primary')]).toEqual(['STOPPED', 'ACTIVE']);
  });
});
