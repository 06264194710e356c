import { removeAcls } from '../../../confluent-dr-lab/src/cloud/kafka/acls';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { type Role } from '../../src/observe/pair-observation';
import { closeDeployedLabs, type DeployedLab } from '../support/deployed-lab';
import { closePairs, faulty } from '../support/operating-lab';
import { disaster, expected, killedAtEveryRequest, type Scenario } from './support/killed-runs';

afterEach(async () => {
  await closePairs();
  await closeDeployedLabs();
});

const withoutAcls = (lab: DeployedLab, role: Role): Promise<void> =>
  lab.cloud.perform((state) => {
    removeAcls(findKafkaCluster(state, lab.member(role).clusterId), { resourceName: 't0001' });
  });

const onSecondary = (lab: DeployedLab) => ({ target: lab.member('secondary').clusterId });
/** Only what is asked for validation. */
const VALIDATION = { method: 'POST', path: 'validate_only=true' } as const;

const PLANNED = { request: { direction: 'failover', procedure: 'planned' } } as const;
/** Nothing is moved, whatever happens. */
const NOTHING = {
  run: PLANNED,
  ending: 'refused',
  states: 'topic/ACTIVE',
  operations: { primary: [], secondary: [] },
  primaryAway: false,
} as const;
/** All is moved. */
const ALL = {
  run: PLANNED,
  states: 'ACTIVE/STOPPED',
  operations: { primary: [], secondary: ['reverse-and-start-mirror'] },
  primaryAway: false,
} as const;

const SCENARIOS: readonly Scenario[] = [
  {
    ...NOTHING,
    title: 'a failover that the service refuses for one topic',
    before: (lab) =>
      faulty(lab, { ...onSecondary(lab), kind: 'mirror-refused', topic: 't0001', code: 400, message: 'Not today.' }),
  },
  {
    ...NOTHING,
    title: 'a failover that lacks the permissions for one topic',
    before: (lab) => withoutAcls(lab, 'secondary'),
  },
  {
    ...NOTHING,
    title: 'a failover that nobody validates, as the service is unavailable',
    before: (lab) => faulty(lab, { ...onSecondary(lab), kind: 'unavailable', ...VALIDATION }),
  },
  {
    ...NOTHING,
    title: 'a failover that nobody validates, as the service has too much to do',
    before: (lab) => faulty(lab, { ...onSecondary(lab), kind: 'throttled', retryAfterSeconds: 0, ...VALIDATION }),
  },
  {
    ...ALL,
    title: 'a failover that is validated after some 503',
    before: (lab) => faulty(lab, { ...onSecondary(lab), kind: 'unavailable', times: 3, ...VALIDATION }),
  },
  {
    ...ALL,
    title: 'a failover that is validated after some 429',
    before: (lab) =>
      faulty(lab, { ...onSecondary(lab), kind: 'throttled', retryAfterSeconds: 0, times: 3, ...VALIDATION }),
  },
  {
    title: 'a failback after a disaster that lacks the permissions for one topic',
    run: { request: { direction: 'failback', allow: { truncation: true } } },
    before: async (lab) => {
      await disaster(lab);
      await withoutAcls(lab, 'primary');
    },
    ending: 'refused',
    states: 'topic/STOPPED',
    // Of the disaster itself.
    operations: { primary: [], secondary: [] },
    primaryAway: true,
  },
];

test.each(SCENARIOS)(
  '$title that is killed at any request, and run again, moves all topics or none',
  async (scenario) => {
    const runs = await killedAtEveryRequest(scenario);
    expect(runs).toEqual(runs.map((run) => expected(scenario, run)));
    expect(runs.flatMap(({ deaths }) => deaths).length).toBeGreaterThan(18);
  },
);
