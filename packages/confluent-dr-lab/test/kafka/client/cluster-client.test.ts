import { type Acl } from '../../../src/cloud/kafka/acls';
import { ClusterClient } from '../../../src/kafka/client/cluster-client';
import { type Kafka } from '../../../src/kafka/client/library';
import { readOnlyAcl } from '../../../src/kafka/desired-state';

const WORDS = {
  ResourceTypes: { TOPIC: 2 },
  ResourcePatternTypes: { LITERAL: 3 },
  AclOperations: { READ: 3, WRITE: 4 },
  AclPermissionTypes: { DENY: 2, ALLOW: 3 },
};

const asked = ({ resourceName, principal, host, operation, permission }: Acl) => ({
  ...{ resourceType: WORDS.ResourceTypes.TOPIC, resourceName, resourcePatternType: WORDS.ResourcePatternTypes.LITERAL },
  acls: [
    {
      ...{ principal, host, operation: WORDS.AclOperations[operation as 'READ' | 'WRITE'] },
      permissionType: WORDS.AclPermissionTypes[permission as 'ALLOW' | 'DENY'],
    },
  ],
});

/** Brokers that hear of ACLs after they were asked so often for what they know. */
class LateBrokers {
  public readonly asked: number[];

  constructor(
    private readonly acls: readonly Acl[],
    private readonly after: readonly number[],
    private readonly before: readonly Acl[] = [],
  ) {
    this.asked = after.map(() => 0);
  }

  public get client(): ClusterClient {
    const addresses = this.after.map((_, index) => `127.0.0.${index}`);
    return new ClusterClient(this.kafka as unknown as Kafka, addresses, 'test');
  }

  private get kafka(): object {
    return {
      ...WORDS,
      ResponseError: class extends Error {},
      Connection: class {
        public address = '';
        public readonly on = () => undefined;

        public connect(address: string): Promise<void> {
          this.address = address;
          return Promise.resolve();
        }
      },
      describeAclsV3: {
        api: {
          async: ({ address }: { address: string }) => {
            const index = Number(address.split('.').at(-1));
            this.asked[index] += 1;
            const known = this.asked[index] > this.after[index] ? this.acls : this.before;
            return Promise.resolve({ resources: known.map(asked) });
          },
        },
      },
    };
  }
}

describe('ACLs of a cluster', () => {
  const wanted = [readOnlyAcl('orders')];

  test('are held to when each broker says so itself, the slowest one too', async () => {
    const brokers = new LateBrokers(wanted, [0, 4, 1]);
    await brokers.client.untilHeld([0, 1, 2], wanted);
    expect(brokers.asked).toEqual([1, 5, 2]);
  });

  test('are no matter of a broker that does not run', async () => {
    const brokers = new LateBrokers(wanted, [1, Infinity]);
    await brokers.client.untilHeld([0], wanted);
    expect(brokers.asked).toEqual([2, 0]);
  });

  test('are not held to by a broker that knows others', async () => {
    const brokers = new LateBrokers(wanted, [2], [readOnlyAcl('another')]);
    await brokers.client.untilHeld([0], wanted);
    expect(brokers.asked).toEqual([3]);
  });
});

describe('A topic that was made a moment ago', () => {
  /** A broker that answers for a topic after it was asked so often for its leaders and for its ends. */
  const lateBroker = (leadersAfter: number, endsAfter: number, failure?: Error) => {
    class ResponseError extends Error {}
    const asked = { leaders: 0, ends: 0 };
    const kafka = {
      ResponseError,
      Connection: class {
        public readonly on = () => undefined;
        public readonly connect = () => Promise.resolve();
      },
      metadataV12: {
        api: {
          async: () => {
            asked.leaders += 1;
            const leaderId = asked.leaders > leadersAfter ? 0 : -1;
            return Promise.resolve({ topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, leaderId }] }] });
          },
        },
      },
      listOffsetsV7: {
        api: {
          async: () => {
            asked.ends += 1;
            return asked.ends > endsAfter
              ? Promise.resolve({ topics: [{ name: 'orders', partitions: [{ partitionIndex: 0, offset: 0n }] }] })
              : Promise.reject(failure ?? new ResponseError('NOT_LEADER_OR_FOLLOWER'));
          },
        },
      },
    };
    return { asked, client: new ClusterClient(kafka as unknown as Kafka, ['127.0.0.1'], 'test') };
  };

  test('can be used when its partitions are led, and by whoever was said to', async () => {
    const { asked, client } = lateBroker(2, 3);
    await client.untilLed('orders', 1);
    expect(asked).toEqual({ leaders: 6, ends: 4 });
  });

  test('is not waited for on brokers that do not answer', async () => {
    const { asked, client } = lateBroker(0, 3, new Error('gone'));
    await expect(client.untilLed('orders', 1)).rejects.toThrow('gone');
    expect(asked.ends).toBe(1);
  });
});
