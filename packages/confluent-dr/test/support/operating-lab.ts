import { type FaultSpec } from '../../../confluent-dr-lab/src/cloud/index';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { produce } from '../../../confluent-dr-lab/src/cloud/kafka/traffic';
import { shownStatus } from '../../../confluent-dr-lab/src/cloud/linking/link-health';
import { findSide } from '../../../confluent-dr-lab/src/cloud/linking/lookup';
import { addFault, removeFault } from '../../../confluent-dr-lab/src/cloud/state';
import { type HttpClientOptions } from '../../src/client/http-client';
import { KafkaRestClient } from '../../src/client/kafka-rest-client';
import { operate } from '../../src/execute/operate';
import {
  type Confirm,
  type Ending,
  type OperatingEvent,
  type OperationRun,
  type Question,
} from '../../src/execute/operation-run';
import { type OperatingClock } from '../../src/execute/time-limits';
import { type PairSource } from '../../src/observe/observe-pair';
import { type Role } from '../../src/observe/pair-observation';
import { DEPLOYED_LINK, type DeployedLab } from './deployed-lab';

const clients: KafkaRestClient[] = [];

/** Closes the clients that `pairOf` opened; call it after each test. */
export async function closePairs(): Promise<void> {
  await Promise.all(clients.splice(0).map((client) => client.close()));
}

/** Both members with the deployment's keys. */
export function pairOf(
  lab: DeployedLab,
  options: Partial<Record<Role, Partial<HttpClientOptions>>> = {},
): PairSource & { readonly members: Record<Role, { readonly kafka: KafkaRestClient }> } {
  const member = (role: Role) => {
    const { clusterId, restEndpoint: url, kafka: credentials } = lab.member(role);
    const retry = { attempts: 2, firstWaitMs: 1, longestWaitMs: 10 };
    const kafka = new KafkaRestClient({ clusterId, url, credentials, retry, ...options[role] });
    clients.push(kafka);
    return { kafka, linkName: DEPLOYED_LINK, principal: `User:${lab.serviceAccountId}` };
  };
  return { members: { primary: member('primary'), secondary: member('secondary') }, topics: lab.topics };
}

/** Who waits moves the lab's time on instead. */
export function labClock(lab: DeployedLab): OperatingClock {
  return { now: () => lab.cloud.clock.now(), sleep: (ms) => lab.wait(ms) };
}

export const yes: Confirm = () => Promise.resolve(true);

export interface Told {
  readonly ending: Ending;
  readonly events: readonly OperatingEvent[];
  readonly questions: readonly Question[];
}

/** Carries out a run that agrees to everything, unless told otherwise. */
export async function operated(
  lab: DeployedLab,
  run: Omit<OperationRun, 'pair' | 'confirm'> & Partial<OperationRun>,
): Promise<Told> {
  const events: OperatingEvent[] = [];
  const questions: Question[] = [];
  const { confirm = yes, listener } = run;
  const ending = await operate({
    pair: run.pair ?? pairOf(lab),
    clock: labClock(lab),
    ...run,
    confirm: (question, signal) => {
      questions.push(question);
      return confirm(question, signal);
    },
    listener: (event) => {
      events.push(event);
      listener?.(event);
    },
  });
  return { ending, events, questions };
}

/** A fault, and how to end it. */
export async function faulty(lab: DeployedLab, spec: FaultSpec): Promise<() => Promise<void>> {
  const { id } = await lab.cloud.perform((state) => addFault(state, spec));
  return () => lab.cloud.perform((state) => removeFault(state, id));
}

/** One member's data plane is gone, for clients and links. */
export const lose = (lab: DeployedLab, role: Role): Promise<() => Promise<void>> =>
  faulty(lab, { kind: 'refused', target: lab.member(role).clusterId });

export async function produced(lab: DeployedLab, role: Role, count: number, topic = lab.topics[0]): Promise<void> {
  await lab.cloud.perform((state) => {
    produce(state, findKafkaCluster(state, lab.member(role).clusterId), topic, count);
  });
}

/** `primary/secondary` of each topic: the mirror's status, `topic`, or `-`. */
export function statesOf(lab: DeployedLab): Promise<string[]> {
  return lab.cloud.perform((state) =>
    lab.topics.map((name) =>
      (['primary', 'secondary'] as const)
        .map((role) => {
          const { clusterId } = lab.member(role);
          const side = findSide(state, clusterId, DEPLOYED_LINK);
          const mirror = side.mirrors.get(name);
          const exists = findKafkaCluster(state, clusterId).topics.has(name);
          return mirror ? shownStatus(state, side, mirror) : exists ? 'topic' : '-';
        })
        .join('/'),
    ),
  );
}

/** Mirror operations that a member was asked for in earnest, in order. */
export function operationsOn(lab: DeployedLab, role: Role): string[] {
  return lab
    .callsOf(role, 'POST', '/mirrors:')
    .filter(({ path }) => !path.includes('validate_only=true'))
    .map(({ path }) => path.replace(/^.*mirrors:/, '').replace(/\?.*$/, ''));
}
