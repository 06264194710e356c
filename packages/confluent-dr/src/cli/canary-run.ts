import { randomBytes } from 'node:crypto';
import { Canary, type CanaryPlan, OWN_GROUPS, ownGroupOf, UnusableGroup } from '../canary/canary';
import { type CanaryEvent } from '../canary/events';
import { causeOf } from '../canary/kafka/client';
import { describeTopic } from '../canary/kafka/offsets';
import { type Destination } from '../canary/kafka/producing';
import { activeOn, isMirrored, isNamedForIt, nameOn } from '../canary/place';
import { RawLog } from '../canary/raw-log';
import { type CanarySummary, summaryOf } from '../canary/summary';
import { commandFor, type Deployment, isLab, isProxyInLab } from '../deployment/deployment';
import { observePair } from '../observe/observe-pair';
import { otherRole, type Role, ROLES, type TopicObservation } from '../observe/pair-observation';
import { situationName, situationOf } from '../observe/situation';
import { BadInput, NothingDone } from './exit';
import { alwaysAt, type NamedBrokers, namedBrokers } from './named-brokers';
import { type Session } from './session';
import { toolVersion } from './tool-version';

/** What a canary is to be. */
export interface CanaryRequest {
  /** By its name on the primary. @default - the one that the deployment names; in a lab the first one */
  readonly topic?: string;
  /** Records a second, over all partitions. */
  readonly rate: number;
  /** @default - through the proxy, where there is one */
  readonly way?: 'proxy' | 'direct';
  /** Milliseconds after which a record that is consumed is late. */
  readonly lateAfter: number;
  /** Milliseconds that a send may take. */
  readonly sendLimit: number;
  /** @default - one of its own, which is gone in the end */
  readonly group?: string;
  /** The raw log, a file that is not there yet. @default - canary-<time>.jsonl */
  readonly log?: string;
}

/** Runs that a canary goes on from, and when the first of them began; milliseconds since 1970. */
export interface EarlierRuns {
  readonly runs: readonly string[];
  readonly since: number;
}

/** What the command that a canary runs under calls the options that errors speak of. */
export interface CanaryFlags {
  readonly topic: string;
  readonly way: string;
  readonly log: string;
  readonly group: string;
}

export const CANARY_DEFAULTS = { rate: 100, lateAfter: 1000, sendLimit: 3000 } as const;

const START_LIMIT_MS = 30_000;
const DRAIN_LIMIT_MS = 15_000;

/** A canary at work, with its raw log. */
export interface OpenCanary {
  readonly counting: Canary;
  readonly plan: CanaryPlan;
  readonly log: RawLog;
}

/**
 * Finds the topic, and where it can be written to, and begins there.
 *
 * @param flags named in errors
 * @param goesOver whether it is to go to the other member too, which is then looked at beforehand
 * @param listener gets each event once it is in the raw log
 * @param earlier what it goes on from @default - nothing
 * @throws what keeps it from beginning; nothing was sent then, and there is no raw log
 */
export async function openCanary(
  session: Session,
  request: CanaryRequest,
  flags: CanaryFlags,
  goesOver: boolean,
  listener: (event: CanaryEvent) => void,
  earlier?: EarlierRuns,
): Promise<OpenCanary> {
  const { deployment } = session;
  const brokers = namedBrokers(process.env);
  const topic = chosenTopic(deployment, request, flags);
  const way = chosenWay(deployment, request, brokers, flags);
  const log = newLog(request.log ?? `canary-${new Date().toISOString().replace(/[:.]/g, '-')}.jsonl`, flags);
  try {
    return await begun(session, { ...request, topic, way, brokers, log, goesOver, listener, earlier }, flags);
  } catch (error) {
    log.discard();
    throw error;
  }
}

interface ChosenCanary extends Omit<CanaryRequest, 'topic' | 'way' | 'log'> {
  readonly topic: string;
  readonly way: 'proxy' | 'direct';
  readonly brokers?: NamedBrokers;
  readonly log: RawLog;
  readonly goesOver: boolean;
  readonly listener: (event: CanaryEvent) => void;
  readonly earlier?: EarlierRuns;
}

async function begun(session: Session, chosen: ChosenCanary, flags: CanaryFlags): Promise<OpenCanary> {
  const { deployment, signal } = session;
  const { topic, way, brokers, log, goesOver, listener, earlier } = chosen;
  const { rate, lateAfter, group, sendLimit } = chosen;
  const seen = await observedTopic(session, topic, signal);
  const on = placeOf(seen, topic, deployment);
  const places = placesOf(session, seen, { way, brokers });
  const { partitions } = await describeTopic(places[on].access, places[on].topic).catch((error: unknown) => {
    throw new Error(`${unreachable(on, deployment, way, error)} Nothing was sent.`, { cause: error });
  });
  if (goesOver) {
    const other = otherRole(on);
    await describeTopic(places[other].access, places[other].topic).catch((error: unknown) =>
      console.error(`confluent-dr: ${unreachable(other, deployment, way, error)} It begins all the same.`),
    );
  }
  const run = randomBytes(6).toString('hex');
  const plan: CanaryPlan = {
    ...{
      run,
      ...(earlier && { earlier: earlier.runs }),
      on,
      topic,
      partitions,
      rate,
      lateAfter,
      group: group ?? ownGroupOf(run),
      way,
    },
    clusters: { primary: deployment.members.primary.clusterId, secondary: deployment.members.secondary.clusterId },
    versions: { 'confluent-dr': toolVersion(), node: process.versions.node },
  };
  const counting = new Canary({
    plan,
    places,
    sendLimit,
    since: earlier?.since,
    listener: (event) => {
      log.write(event);
      listener(event);
    },
  });
  await counting.start(START_LIMIT_MS, signal).catch((error: unknown) => {
    throw error instanceof UnusableGroup ? new Error(unusable(error, group, flags), { cause: error }) : error;
  });
  return { counting, plan, log };
}

export interface EndedCanary {
  readonly summary: CanarySummary;
  readonly file: { readonly path: string; readonly sha256: string };
}

/**
 * Sends no more, reads everything back from where the canary is, and closes the raw log.
 *
 * @param signal ends the waiting
 * @param stopped called when nothing is sent or consumed any more
 * @throws UnusableLog if the raw log could not be written: nothing is told then that does not follow from it
 */
export async function endCanary(
  { counting, log }: OpenCanary,
  signal: AbortSignal,
  stopped: () => void = () => undefined,
): Promise<EndedCanary> {
  await counting.stop(DRAIN_LIMIT_MS, signal);
  stopped();
  await Promise.all([counting.deleteOwnGroups(), ...(log.broken.aborted ? [] : [counting.readBack(signal)])]);
  return { summary: summaryOf(counting.account), file: { path: log.path, sha256: log.close() } };
}

/** The topic as both members tell of it now. */
export async function observedTopic(
  { source }: Session,
  topic: string,
  signal: AbortSignal,
): Promise<TopicObservation> {
  const { observation } = await observePair({ ...source, topics: [topic] }, { mirrorsOnly: true, signal });
  return observation.topics.find(({ name }) => name === topic)!;
}

/** @throws NothingDone where it is not mirrored, or cannot be written to */
function placeOf(seen: TopicObservation, topic: string, deployment: Deployment): Role {
  const situation = situationName(situationOf(seen));
  if (!isMirrored(seen)) {
    throw new NothingDone(
      `nothing was done: the topic ${topic} is not mirrored (${situation}), so that nothing would be measured. Allowed is a topic that the link mirrors.`,
    );
  }
  const active = activeOn(seen);
  if (active === undefined) {
    throw new NothingDone(
      `nothing was done: where the topic ${topic} can be written to cannot be told (${situation}). Look at it:\n${commandFor(deployment, ['status'])}`,
    );
  }
  return active;
}

function chosenTopic(deployment: Deployment, { topic: received }: CanaryRequest, flags: CanaryFlags): string {
  const { canaryTopic, topics } = deployment;
  const inLab = isLab(deployment);
  const topic = received ?? canaryTopic ?? (inLab ? topics[0] : undefined);
  const allowed =
    "allowed is a mirrored topic that is meant for it: the deployment's canaryTopic (--set canaryTopic=…), or one whose name has the word canary, such as dr-canary";
  if (topic === undefined) {
    throw new BadInput(`received no topic; ${allowed}. Name it: ${flags.topic} <name>.`);
  }
  if (!inLab && !isNamedForIt(topic, canaryTopic)) {
    throw new BadInput(
      `received the topic ${topic}; ${allowed}. Its records would be nonsense to whoever reads a topic of somebody else.`,
    );
  }
  return topic;
}

function chosenWay(
  deployment: Deployment,
  { way }: CanaryRequest,
  brokers: NamedBrokers | undefined,
  flags: CanaryFlags,
): 'proxy' | 'direct' {
  const { proxyAddress } = deployment;
  if (way === 'proxy' && proxyAddress === undefined) {
    throw new BadInput(
      `received ${flags.way} proxy, and the deployment has no proxyAddress; give it (--set proxyAddress=203.0.113.7), or ${flags.way} direct.`,
    );
  }
  const isReached = brokers === undefined || isProxyInLab(deployment);
  return way ?? (proxyAddress !== undefined && isReached ? 'proxy' : 'direct');
}

function placesOf(
  { deployment, hosts }: Session,
  seen: TopicObservation,
  { way, brokers }: { readonly way: 'proxy' | 'direct'; readonly brokers?: NamedBrokers },
): Record<Role, Destination> {
  const direct = brokers?.lookup(hosts.lookup) ?? hosts.lookup;
  const lookup = way === 'proxy' ? alwaysAt(deployment.proxyAddress!) : direct;
  const placeOn = (role: Role): Destination => {
    const { bootstrapEndpoint, kafkaCredentials: credentials } = deployment.members[role];
    const bootstrap = /:\d+$/.test(bootstrapEndpoint) ? bootstrapEndpoint : `${bootstrapEndpoint}:9092`;
    return { role, topic: nameOn(role, seen), access: { bootstrap, credentials, lookup, ca: brokers?.ca } };
  };
  return Object.fromEntries(ROLES.map((role) => [role, placeOn(role)])) as Record<Role, Destination>;
}

/** A sentence, whether or not the cause ends as one. */
function unreachable(
  role: Role,
  { members, proxyAddress }: Deployment,
  way: 'proxy' | 'direct',
  error: unknown,
): string {
  const through = way === 'proxy' ? `, through the proxy ${proxyAddress}` : '';
  const cause = causeOf(error).replace(/\.$/, '');
  return `the topic on the ${role} (${members[role].bootstrapEndpoint}${through}) cannot be reached: ${cause}.`;
}

function unusable({ message }: UnusableGroup, named: string | undefined, flags: CanaryFlags): string {
  const allowed =
    named === undefined
      ? `The account has to be let read groups whose names begin with ${OWN_GROUPS}, or a group that it may read be named: ${flags.group} <name>.`
      : `Allowed is a group that the account may read and that has no members; without ${flags.group} the canary has one for itself.`;
  return `${message.replace(/\.$/, '')}. Nothing was sent. ${allowed}`;
}

function newLog(path: string, flags: CanaryFlags): RawLog {
  try {
    return new RawLog(path);
  } catch (error) {
    throw new BadInput(
      `${flags.log} ${path} cannot be made: ${(error as Error).message}. Allowed is a file that is not there yet.`,
      { cause: error },
    );
  }
}
