import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { packageVersion } from '../../package-folder';
import {
  activeOn,
  Canary,
  type CanaryEvent,
  type CanaryPlan,
  causeOf,
  describeTopic,
  type Destination,
  isMirrored,
  isNamedForIt,
  nameOn,
  RawLog,
  summaryOf,
} from '../../runbook/canary';
import { commandFor, type Deployment, isLab, isProxyInLab } from '../../runbook/deployment';
import { observePair } from '../../runbook/observing';
import { otherRole, type Role, ROLES, situationName, situationOf, type TopicObservation } from '../../runbook/pair';
import { BadInput } from '../bad-input';
import { EXIT, Exit, NothingDone } from '../exit';
import { printLine } from '../json-output';
import { look } from '../terminal';
import {
  addDeploymentOptions,
  addJsonOption,
  addResolverOption,
  duration,
  type SessionOptions,
  SOURCES_HELP,
} from './options';
import { alwaysAt, type NamedBrokers, namedBrokers } from './named-brokers';
import { canaryText, secondText } from './present/canary';
import { inSession, type Session } from './session';
import { after } from './time-limit';

const HELP = `${SOURCES_HELP}
A producer (acks of all replicas, idempotent) sends numbered records to one topic, and a consumer in a group reads them,
with the deployment's keys: through the proxy where there is one, else directly. Each second is a line: what was sent,
acknowledged, consumed, late, twice and out of order. Nothing is sent twice: what was not acknowledged counts as that.
After Ctrl-C or --for it reads everything back from the brokers where it is then, and says what of the acknowledged is
missing, twice or out of order. With --follow both go to the other member once the topic can be written to there.

The topic has to be mirrored and to be meant for it: the deployment's canaryTopic (CONFLUENT_DR_CANARY_TOPIC, or
canaryTopic of RunbookOutput), or one whose name has the word canary. In a lab any mirrored topic will do.
Certificates are trusted as Node.js does; those of an own authority by NODE_EXTRA_CA_CERTS. In a lab with brokers, lab exec
names their addresses and their authority (CONFLUENT_DR_KAFKA_HOSTS, CONFLUENT_DR_KAFKA_CA); where no proxy runs in the lab
it goes past it.

Exit code 0 if all that was acknowledged is there, once and in order, and was consumed; 4 if not, or if that could not be
read; 3 if nothing was begun. Ctrl-C ends it in order; a second one at once, with 130.

Example:
  $ confluent-dr canary --for 60s
  $ confluent-dr canary --topic dr-canary --follow
  $ confluent-dr canary --rate 500 --way direct --json
`;

interface CanaryCommandOptions extends Omit<SessionOptions, 'timeout'> {
  readonly topic?: string;
  readonly rate: number;
  /** Milliseconds. */
  readonly for?: number;
  readonly way?: 'proxy' | 'direct';
  readonly follow?: boolean;
  /** Milliseconds. */
  readonly lateAfter: number;
  readonly sendLimit: number;
  readonly group: string;
  readonly log?: string;
}

const DEFAULT_RATE = 100;
const DEFAULT_GROUP = 'confluent-dr-canary';
const START_LIMIT_MS = 30_000;
const DRAIN_LIMIT_MS = 15_000;
const LOOK_INTERVAL_MS = 1000;

export function addCanary(program: Command): void {
  addResolverOption(
    addJsonOption(addDeploymentOptions(program.command('canary')), 'print a JSON document a line, the sum last'),
  )
    .description('a producer and a consumer that count, and what of the acknowledged is there in the end')
    .option(
      '--topic <name>',
      "by its name on the primary (default: the deployment's canaryTopic; in a lab the first one)",
    )
    .option('--rate <count>', 'records a second, over all partitions', rate, DEFAULT_RATE)
    .addOption(new Option('--for <duration>', 'how long: 60s, 10m (default: until Ctrl-C)').argParser(duration))
    .addOption(
      new Option('--way <way>', 'through the proxy or past it (default: proxy, where there is one)').choices([
        'proxy',
        'direct',
      ]),
    )
    .option('--follow', 'go to the other member once the topic can be written to there')
    .addOption(
      new Option('--late-after <duration>', 'a record that is consumed later than that is late (default: 1s)')
        .argParser(duration)
        .default(1000, '1s'),
    )
    .addOption(
      new Option('--send-limit <duration>', 'a send that takes longer has failed (default: 3s)')
        .argParser(duration)
        .default(3000, '3s'),
    )
    .option('--group <name>', 'the consumer group', group, DEFAULT_GROUP)
    .option('--log <file>', 'the raw log, a new file (default: canary-<time>.jsonl)')
    .addHelpText('after', HELP)
    .action(canary);
}

async function canary(options: CanaryCommandOptions): Promise<void> {
  const code = await inSession(options, (session) => run(session, options));
  if (code !== EXIT.done) {
    throw new Exit(code);
  }
}

async function run(session: Session, options: CanaryCommandOptions): Promise<number> {
  const { deployment, signal } = session;
  const topic = chosenTopic(deployment, options);
  const brokers = namedBrokers(process.env);
  const way = chosenWay(deployment, options, brokers);
  const seen = await observed(session, topic, signal);
  const on = placeOf(seen, topic, deployment);
  const places = placesOf(session, seen, { way, brokers });
  const { partitions } = await describeTopic(places[on].access, places[on].topic).catch((error: unknown) => {
    throw new Error(`${unreachable(on, deployment, way)}: ${causeOf(error)}. Nothing was sent.`, { cause: error });
  });
  if (options.follow) {
    const other = otherRole(on);
    await describeTopic(places[other].access, places[other].topic).catch((error: unknown) =>
      console.error(`confluent-dr: ${unreachable(other, deployment, way)}: ${causeOf(error)}. It begins all the same.`),
    );
  }
  const { rate, lateAfter, group } = options;
  const plan: CanaryPlan = {
    ...{ run: randomBytes(6).toString('hex'), on, topic, partitions, rate, lateAfter, group, way },
    clusters: { primary: deployment.members.primary.clusterId, secondary: deployment.members.secondary.clusterId },
    versions: { 'confluent-dr': packageVersion(), node: process.versions.node },
  };
  return measured({ session, options, plan, places });
}

interface Measuring {
  readonly session: Session;
  readonly options: CanaryCommandOptions;
  readonly plan: CanaryPlan;
  readonly places: Readonly<Record<Role, Destination>>;
}

async function measured({ session, options, plan, places }: Measuring): Promise<number> {
  const { signal } = session;
  const log = newLog(options.log ?? `canary-${new Date().toISOString().replace(/[:.]/g, '-')}.jsonl`);
  const counting = new Canary({
    plan,
    places,
    sendLimit: options.sendLimit,
    listener: (event) => {
      log.write(event);
      tell(event, options);
    },
  });
  await counting.start(START_LIMIT_MS, signal).catch((error: unknown) => {
    log.discard();
    throw error;
  });
  const left = new AbortController();
  // Nobody reads any more, as after head.
  process.stdout.once('error', () => left.abort());
  const limits = options.for === undefined ? [] : [after(options.for)];
  const end = AbortSignal.any([signal, left.signal, ...limits]);
  const showing = show(counting, options);
  const following = options.follow ? follow(counting, session, plan.topic, end) : Promise.resolve();
  await new Promise<void>((resolve) => {
    end.addEventListener('abort', () => resolve(), { once: true });
    if (end.aborted) {
      resolve();
    }
  });
  await following;
  // From here a Ctrl-C is the second one, or there was none yet and it ends the waiting.
  const ending = new AbortController();
  await counting.stop(DRAIN_LIMIT_MS, ending.signal);
  showing();
  await counting.readBack(ending.signal);
  const summary = summaryOf(counting.account);
  const file = { path: log.path, sha256: log.close() };
  if (options.json) {
    printLine('canary', { type: 'sum', ...summary, log: file }, true);
  } else {
    console.log(canaryText(summary, file, look()));
  }
  return summary.verdict.ok ? EXIT.done : EXIT.notThere;
}

/** @returns what ends it */
function show(counting: Canary, { json }: CanaryCommandOptions): () => void {
  const tick = (now = Date.now()): void => {
    for (const second of counting.account.seconds.take(now)) {
      if (json) {
        printLine('canary', { type: 'second', ...second, place: counting.place });
      } else {
        console.log(secondText(second, counting.place, look()));
      }
    }
  };
  const timer = setInterval(() => tick(), 200);
  return () => {
    clearInterval(timer);
    // The last one was cut short.
    tick(Date.now() + 1000);
  };
}

function tell(event: CanaryEvent, { json }: CanaryCommandOptions): void {
  if (event.type !== 'begin' && event.type !== 'moved' && event.type !== 'trouble') {
    return;
  }
  if (json) {
    printLine('canary', event);
    return;
  }
  const time = new Date(event.at).toISOString().slice(11, 19);
  switch (event.type) {
    case 'begin':
      console.error(
        `${event.rate} records a second to ${event.topic} on the ${event.on} (partitions: ${event.partitions}), ` +
          `${event.way === 'proxy' ? 'through the proxy' : 'past the proxy'}; Ctrl-C ends it.`,
      );
      return;
    case 'moved':
      console.error(`${time}  moved to the ${event.on}`);
      return;
    case 'trouble':
      console.error(`${time}  ${event.who}: ${event.cause}`);
  }
}

/** Goes to the other member once that is where the topic is written to. */
async function follow(counting: Canary, session: Session, topic: string, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    try {
      const active = activeOn(await observed(session, topic, end));
      if (active !== undefined) {
        await counting.moveTo(active);
      }
    } catch (error) {
      if (!end.aborted) {
        counting.trouble('look', causeOf(error));
      }
    }
    await wait(LOOK_INTERVAL_MS, undefined, { signal: end }).catch(() => undefined);
  }
}

async function observed({ source }: Session, topic: string, signal: AbortSignal): Promise<TopicObservation> {
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

function chosenTopic(deployment: Deployment, { topic: received }: CanaryCommandOptions): string {
  const { canaryTopic, topics } = deployment;
  const inLab = isLab(deployment);
  const topic = received ?? canaryTopic ?? (inLab ? topics[0] : undefined);
  const allowed =
    "allowed is a mirrored topic that is meant for it: the deployment's canaryTopic (--set canaryTopic=…), or one whose name has the word canary, such as dr-canary";
  if (topic === undefined) {
    throw new BadInput(`received no topic; ${allowed}. Name it: --topic <name>.`);
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
  { way }: CanaryCommandOptions,
  brokers: NamedBrokers | undefined,
): 'proxy' | 'direct' {
  const { proxyAddress } = deployment;
  if (way === 'proxy' && proxyAddress === undefined) {
    throw new BadInput(
      'received --way proxy, and the deployment has no proxyAddress; give it (--set proxyAddress=203.0.113.7), or --way direct.',
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

const unreachable = (role: Role, { members, proxyAddress }: Deployment, way: 'proxy' | 'direct'): string =>
  `the topic on the ${role} (${members[role].bootstrapEndpoint}${way === 'proxy' ? `, through the proxy ${proxyAddress}` : ''}) cannot be reached`;

function newLog(path: string): RawLog {
  try {
    return new RawLog(path);
  } catch (error) {
    throw new BadInput(
      `--log ${path} cannot be made: ${(error as Error).message}. Allowed is a file that is not there yet.`,
      {
        cause: error,
      },
    );
  }
}

const MOST_A_SECOND = 100_000;

function rate(text: string): number {
  const count = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || count <= 0 || count > MOST_A_SECOND) {
    throw new InvalidArgumentError(`Allowed is a number of records a second, more than 0 and up to ${MOST_A_SECOND}.`);
  }
  return count;
}

function group(text: string): string {
  if (!/^[A-Za-z0-9._-]{1,249}$/.test(text)) {
    throw new InvalidArgumentError('Allowed are up to 249 letters, digits, dots, underscores and hyphens.');
  }
  return text;
}
