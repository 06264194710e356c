import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import { type Canary } from '../canary/canary';
import { type CanaryEvent } from '../canary/events';
import { causeOf } from '../canary/kafka/client';
import { activeOn } from '../canary/place';
import { canaryText, secondText, sharedText, standstillText } from '../words/canary';
import {
  CANARY_DEFAULTS,
  type CanaryFlags,
  type CanaryRequest,
  endCanary,
  observedTopic,
  openCanary,
} from './canary-run';
import { EXIT, Exit } from './exit';
import { printLine } from './json-output';
import {
  addDeploymentOptions,
  addJsonOption,
  addResolverOption,
  duration,
  groupName,
  rate,
  type SessionOptions,
  SOURCES_HELP,
  topicName,
} from './options';
import { inSession, type Session } from './session';
import { look } from './terminal';
import { after } from './time-limit';

const HELP = `${SOURCES_HELP}
A producer (acks of all replicas, idempotent) sends numbered records to one topic, and a consumer reads them, in a group
that it has for itself and that is gone in the end, with the deployment's keys: through the proxy where there is one, else
directly. Each second is a line: what was sent,
acknowledged, consumed, late, twice and out of order. Nothing is sent twice: what was not acknowledged counts as that.
After Ctrl-C or --for it reads everything back from the brokers where it is then, and says what of the acknowledged is
missing, twice or out of order. With --follow both go to the other member once the topic can be written to there.

Canaries do not disturb one another. In a group of --group others may get a part of the records: then it says so, and
not that these were not consumed.

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

interface CanaryCommandOptions extends Omit<SessionOptions, 'timeout'>, CanaryRequest {
  /** Milliseconds. */
  readonly for?: number;
  readonly follow?: boolean;
}

const FLAGS: CanaryFlags = { topic: '--topic', way: '--way', log: '--log', group: '--group' };

const LOOK_INTERVAL_MS = 1000;

export function addCanary(program: Command): void {
  addResolverOption(
    addJsonOption(addDeploymentOptions(program.command('canary')), 'print a JSON document a line, the sum last'),
  )
    .description('a producer and a consumer that count, and what of the acknowledged is there in the end')
    .option(
      '--topic <name>',
      "by its name on the primary (default: the deployment's canaryTopic; in a lab the first one)",
      topicName,
    )
    .option('--rate <count>', 'records a second, over all partitions', rate, CANARY_DEFAULTS.rate)
    .addOption(new Option('--for <duration>', 'how long: 60s, 10m (default: until Ctrl-C)').argParser(duration))
    .addOption(
      new Option('--way <way>', 'through the proxy or past it (default: proxy, where there is one)').choices([
        'proxy',
        'direct',
      ]),
    )
    .option('--follow', 'go to the other member once the topic can be written to there')
    .addOption(
      new Option('--late-after <duration>', 'a record that is consumed later than that is late')
        .argParser(duration)
        .default(CANARY_DEFAULTS.lateAfter, '1s'),
    )
    .addOption(
      new Option('--send-limit <duration>', 'a send that takes longer has failed')
        .argParser(duration)
        .default(CANARY_DEFAULTS.sendLimit, '3s'),
    )
    .option('--group <name>', 'the consumer group (default: one of its own, confluent-dr-canary-<run>)', groupName)
    .option('--log <file>', 'the raw log, a new file (default: canary-<time>.jsonl)')
    .addHelpText('after', HELP)
    .action(canary);
}

async function canary(options: CanaryCommandOptions): Promise<void> {
  const code = await inSession(options, (session) => measured(session, options));
  if (code !== EXIT.done) {
    throw new Exit(code);
  }
}

async function measured(session: Session, options: CanaryCommandOptions): Promise<number> {
  const { signal } = session;
  const canary = await openCanary(session, options, FLAGS, options.follow === true, (event) => tell(event, options));
  const { counting, plan } = canary;
  const left = new AbortController();
  // Nobody reads any more, as after head.
  process.stdout.once('error', () => left.abort());
  const limits = options.for === undefined ? [] : [after(options.for)];
  const end = AbortSignal.any([signal, left.signal, canary.log.broken, ...limits]);
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
  const { summary, file } = await endCanary(canary, ending.signal, showing);
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

const TOLD = ['begin', 'moved', 'shared', 'trouble', 'stood-still'] as const;
type Told = Extract<CanaryEvent, { readonly type: (typeof TOLD)[number] }>;

const isTold = (event: CanaryEvent): event is Told => TOLD.some((type) => type === event.type);

function tell(event: CanaryEvent, { json }: CanaryCommandOptions): void {
  if (!isTold(event)) {
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
    case 'stood-still':
      console.error(`${time}  did not run, or the clock was set: ${standstillText(event)}`);
      return;
    case 'shared':
      console.error(`${time}  ${sharedText(event)}`);
      return;
    case 'trouble':
      console.error(`${time}  ${event.who}: ${event.cause}`);
  }
}

/** Goes to the other member once that is where the topic is written to. */
async function follow(counting: Canary, session: Session, topic: string, end: AbortSignal): Promise<void> {
  while (!end.aborted) {
    try {
      const active = activeOn(await observedTopic(session, topic, end));
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
