import { addAcl } from '../../../confluent-dr-lab/src/cloud/kafka/acls';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { type Acl, type AclRow } from '../../src/client/kafka-rest-rows';
import { RequestFailure } from '../../src/client/request-failure';
import { createAcls } from '../../src/execute/create-acls';
import { AclIndex, deniedOf, memberAcls, memberAclsOf, missingOf, neededAcls } from '../../src/observe/acls';
import { ROLES } from '../../src/observe/pair-observation';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { aclOf, neededForReversal } from '../support/lab-acls';
import { closePairs, operated, pairOf } from '../support/operating-lab';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

type Fields = Partial<
  Pick<AclRow, 'resource_type' | 'resource_name' | 'pattern_type' | 'operation' | 'permission' | 'host'>
>;

const row = (fields: Fields): AclRow => ({
  kind: 'KafkaAcl',
  metadata: { self: '' },
  cluster_id: 'lkc-1',
  resource_type: 'TOPIC',
  resource_name: 'orders',
  pattern_type: 'LITERAL',
  principal: 'User:sa-1',
  host: '*',
  operation: 'READ',
  permission: 'ALLOW',
  ...fields,
});

const READ = { operation: 'READ', resourceType: 'TOPIC', resourceName: 'orders' } as const;
const DESCRIBE = { operation: 'DESCRIBE', resourceType: 'CLUSTER', resourceName: 'kafka-cluster' } as const;

test('what a reversal needs is the list of the guide', () => {
  expect(neededAcls(['orders'])).toEqual([
    { operation: 'READ', resourceType: 'TOPIC', resourceName: 'orders' },
    { operation: 'DESCRIBE_CONFIGS', resourceType: 'TOPIC', resourceName: 'orders' },
    { operation: 'DESCRIBE', resourceType: 'CLUSTER', resourceName: 'kafka-cluster' },
    { operation: 'ALTER', resourceType: 'CLUSTER', resourceName: 'kafka-cluster' },
  ]);
});

describe('READ on orders', () => {
  test.each<[string, Fields]>([
    ['itself', {}],
    ['ALL', { operation: 'ALL' }],
    ['a prefix', { pattern_type: 'PREFIXED', resource_name: 'ord' }],
    ['every topic', { resource_name: '*' }],
  ])('is allowed by %s', (_, fields) => {
    expect(new AclIndex([row(fields)]).verdictOn(READ)).toBe('allowed');
  });

  test.each<[string, Fields]>([
    ['another topic', { resource_name: 'order' }],
    ['another prefix', { pattern_type: 'PREFIXED', resource_name: 'orders-' }],
    ['another operation', { operation: 'WRITE' }],
    ['another kind of resource', { resource_type: 'GROUP' }],
    ['one host alone', { host: '192.0.2.1' }],
  ])('is missing with an ACL for %s', (_, fields) => {
    expect(new AclIndex([row(fields)]).verdictOn(READ)).toBe('missing');
  });

  test('is denied whatever else allows it', () => {
    const rows = [row({}), row({ operation: 'ALL', permission: 'DENY', resource_name: '*' })];
    expect(new AclIndex(rows).verdictOn(READ)).toBe('denied');
  });
});

test('who may ALTER the cluster may DESCRIBE it', () => {
  const cluster = { resource_type: 'CLUSTER', resource_name: 'kafka-cluster' } as const;
  expect(new AclIndex([row({ ...cluster, operation: 'ALTER' })]).verdictOn(DESCRIBE)).toBe('allowed');
  expect(new AclIndex([row({ ...cluster, operation: 'CREATE' })]).verdictOn(DESCRIBE)).toBe('missing');
});

describe('of a member', () => {
  const topics = [
    {
      name: 'orders',
      sides: {
        primary: { kind: 'topic', topicName: 'orders', partitions: 1 },
        secondary: { kind: 'topic', topicName: 'dr-orders', partitions: 1 },
      },
    },
  ] as const;

  test('the topics are looked for by their names there', () => {
    const reading = { known: true, value: [] } as const;
    const acls = memberAcls({ role: 'secondary', principal: 'User:sa-1', reading: { ...reading, value: [] }, topics });
    expect(missingOf(acls).map(({ resourceName }) => resourceName)).toEqual([
      ...['dr-orders', 'dr-orders'],
      ...['kafka-cluster', 'kafka-cluster'],
    ]);
    expect(deniedOf(acls)).toEqual([]);
  });

  test('nothing is missing for certain where the principal or the ACLs are not known', () => {
    const nobody = memberAcls({ role: 'primary', topics });
    expect(nobody).toMatchObject({
      kind: 'unknown',
      code: 'principal-unknown',
    });
    expect(missingOf(nobody)).toEqual([]);
  });
});

describe('creating ACLs', () => {
  const needed = neededAcls(['a', 'b', 'c']);

  test('asks for each once, LITERAL, for all hosts, ALLOW', async () => {
    const created: Acl[] = [];
    const kafka = { createAcl: (acl: Acl) => Promise.resolve(void created.push(acl)) };
    await createAcls({ kafka, principal: 'User:sa-1', acls: needed });
    expect(created).toHaveLength(8);
    expect(created[0]).toEqual({
      resource_type: 'TOPIC',
      resource_name: 'a',
      pattern_type: 'LITERAL',
      principal: 'User:sa-1',
      host: '*',
      operation: 'READ',
      permission: 'ALLOW',
    });
  });

  test('stops at the first that fails', async () => {
    let asked = 0;
    const failure = new RequestFailure({
      kind: 'forbidden',
      method: 'POST',
      url: 'https://x',
      effect: 'write',
      detail: '',
      sent: true,
    });
    const kafka = {
      createAcl: () => {
        asked += 1;
        return Promise.reject(failure);
      },
    };
    await expect(createAcls({ kafka, principal: 'User:sa-1', acls: needed })).rejects.toBe(failure);
    expect(asked).toBeLessThan(needed.length);
  });
});

describe('ACLs for everybody', () => {
  const planned = { direction: 'failover', procedure: 'planned' } as const;

  test('that deny are told, and a reversal fails by them', async () => {
    const lab = await DeployedLab.start({ topics: ['orders'] });
    const [needed] = neededForReversal(['orders']);
    await lab.cloud.perform((state) => {
      const denied = { ...aclOf(lab.serviceAccountId, needed), principal: 'User:*', permission: 'DENY' };
      addAcl(findKafkaCluster(state, lab.member('primary').clusterId), denied);
    });
    const { primary, secondary } = await memberAclsOf(pairOf(lab));
    expect([deniedOf(primary), deniedOf(secondary)]).toEqual([[expect.objectContaining(READ)], []]);
    expect((await operated(lab, { request: planned })).ending.kind).toBe('refused');
  });

  test('that allow are not missing for the principal', async () => {
    const lab = await DeployedLab.start({ topics: ['orders'], acls: false });
    await lab.cloud.perform((state) => {
      for (const role of ROLES) {
        const cluster = findKafkaCluster(state, lab.member(role).clusterId);
        neededForReversal(['orders']).forEach((needed) =>
          addAcl(cluster, { ...aclOf(lab.serviceAccountId, needed), principal: 'User:*' }),
        );
      }
    });
    const { primary, secondary } = await memberAclsOf(pairOf(lab));
    expect([missingOf(primary), missingOf(secondary)]).toEqual([[], []]);
    expect((await operated(lab, { request: planned })).ending.kind).toBe('done');
  });
});
