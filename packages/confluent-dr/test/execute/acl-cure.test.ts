import { removeAcls } from '../../../confluent-dr-lab/src/cloud/kafka/acls';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { aclInWords } from '../../src/observe/acls';
import { ROLES } from '../../src/observe/pair-observation';
import { type FailoverRequest } from '../../src/plan/failover-request';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { closePairs, operated, operationsOn, statesOf } from '../support/operating-lab';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

const PLANNED: FailoverRequest = { direction: 'failover', procedure: 'planned' };

const aclsIn = (lab: DeployedLab): Promise<number[]> =>
  lab.cloud.perform((state) => ROLES.map((role) => findKafkaCluster(state, lab.member(role).clusterId).acls.length));

test('a reversal that is refused for missing ACLs ends with all that is missing, and with what to do', async () => {
  const lab = await DeployedLab.start({ topics: 1, acls: false });
  const { ending } = await operated(lab, { request: PLANNED });
  expect(ending).toMatchObject({ kind: 'refused', plan: { refusals: [{ code: 'acls-missing', topic: 't0000' }] } });
  const [{ liftedBy, ...refusal }] = ending.plan!.refusals;
  const lacking = refusal.code === 'acls-missing' ? refusal.acls : [];
  expect(lacking).toContainEqual({
    operation: 'READ',
    resourceType: 'TOPIC',
    resourceName: 't0000',
    on: 'primary',
    principal: `User:${lab.serviceAccountId}`,
  });
  expect(lacking.map(({ operation, on }) => `${operation} ${on}`)).toContain('ALTER secondary');
  expect(lacking).toHaveLength(8);
  expect(liftedBy).toBe('aclCure');
  expect(await aclsIn(lab)).toEqual([0, 0]);
});

test('with leave beforehand they are created first, exactly those of the guide, and the reversal is asked once', async () => {
  const lab = await DeployedLab.start({ topics: 2, acls: false });
  const { ending } = await operated(lab, { request: { ...PLANNED, allow: { aclCure: true } } });
  expect(ending.kind).toBe('done');
  expect(await aclsIn(lab)).toEqual([6, 6]);
  expect(operationsOn(lab, 'secondary')).toEqual(['reverse-and-start-mirror']);
});

test('where it can be asked for, it is asked before anything else; then the reversal goes on', async () => {
  const lab = await DeployedLab.start({ topics: 2, acls: false });
  const { ending, questions } = await operated(lab, { request: PLANNED, askable: { aclCure: true } });
  expect(ending.kind).toBe('done');
  expect(questions.map(({ kind }) => kind)).toEqual(['create-acls', 'create-acls', 'switch-over']);
  expect(await statesOf(lab)).toEqual(['ACTIVE/STOPPED', 'ACTIVE/STOPPED']);
});

test('ACLs that go missing in the middle of a reversal are created again, and it ends', async () => {
  const lab = await DeployedLab.start({ topics: 1 });
  const { ending, events } = await operated(lab, {
    request: { ...PLANNED, allow: { aclCure: true } },
    listener: ({ type }) => {
      if (type === 'answered') {
        void lab.cloud.perform((state) => {
          removeAcls(findKafkaCluster(state, lab.member('primary').clusterId), { operation: 'READ' });
        });
      }
    },
  });
  expect(ending.kind).toBe('done');
  const created = events.flatMap((event) =>
    event.type === 'acl-created' ? [`${event.on}: ${aclInWords(event.acl)}`] : [],
  );
  expect(created).toEqual(['primary: READ on TOPIC t0000']);
  expect(operationsOn(lab, 'secondary')).toEqual(['reverse-and-start-mirror']);
});

test('where nothing refuses, ACLs that seem to be missing stand in nobody’s way', async () => {
  const lab = await DeployedLab.start({ topics: 1 });
  const { ending, questions } = await operated(lab, { request: PLANNED, askable: { aclCure: true } });
  expect(ending.kind).toBe('done');
  expect(questions.map(({ kind }) => kind)).toEqual(['switch-over']);
});
