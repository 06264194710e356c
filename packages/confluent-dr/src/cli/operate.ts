import { type Command } from 'commander';
import { type RequestListener } from '../client/http-client';
import { KafkaRestClient } from '../client/kafka-rest-client';
import { operate, type Proposal, propose } from '../execute/operate';
import { type Ending, type OperationRun } from '../execute/operation-run';
import { type PairSource } from '../observe/observe-pair';
import { type Role } from '../observe/pair-observation';
import { type Direction } from '../plan/failover-request';
import { blockConcerns, type Concern } from '../report/status/concerns';
import { redirectionText } from '../words/client-redirection';
import { blockText } from '../words/concerns';
import { endingText } from '../words/operation';
import { proposalText, verdictOf } from '../words/plan';
import { EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { type ClientRedirection, foreseenRedirection, isRedirected, redirectClients } from './redirect-clients';
import {
  addOperateOptions,
  canAsk,
  consent,
  hintOf,
  type OperateOptions,
  optionFor,
  requestOf,
  SAFETY_HELP,
  wordsOf,
} from './operate-options';
import { endingDocument, OperateReport, proposalDocument } from './operate-report';
import { SOURCES_HELP } from './options';
import { deployedProxyReport, inSession, type Session } from './session';
import { look, Progress } from './terminal';

/** The members, by clients whose requests under way outlive Ctrl-C. */
export interface OutlivingPair {
  readonly pair: PairSource;
  readonly close: () => Promise<void>;
}

/** Enough to tell a moment's trouble from a member that is gone; who looks again and again needs no more. */
const ATTEMPTS = 3;

/** A request that changes something is answered before the tool stops: else nobody knows what became of it. */
export function outlivingPair({ deployment, hosts }: Session, onRequest?: RequestListener): OutlivingPair {
  const clientOf = (role: Role): KafkaRestClient => {
    const { clusterId, restEndpoint: url, kafkaCredentials: credentials } = deployment.members[role];
    return new KafkaRestClient({ clusterId, url, credentials, hosts, onRequest, retry: { attempts: ATTEMPTS } });
  };
  const { linkName, topics, leaveOut, members } = deployment;
  const [primary, secondary] = [clientOf('primary'), clientOf('secondary')];
  return {
    pair: {
      members: {
        primary: { kafka: primary, linkName, principal: members.primary.principal },
        secondary: { kafka: secondary, linkName, principal: members.secondary.principal },
      },
      topics,
      leaveOut,
    },
    close: async () => {
      await Promise.all([primary.close(), secondary.close()]);
    },
  };
}

/** Runs a failover or a failback; whatever it came to has been said when it ends. */
async function runOperation(direction: Direction, options: OperateOptions): Promise<void> {
  const code = await inSession(options, async (session) => {
    const { pair, close } = outlivingPair(session);
    const { timeout } = options;
    const run = {
      pair,
      request: requestOf(direction, options),
      // What is discarded is shown before it is refused, also where nobody can be asked.
      askable: { truncation: true, aclCure: canAsk(options) },
      signal: session.signal,
      traffic: options.drain === undefined ? {} : { drainMs: options.drain },
      ...(timeout !== undefined && { timeouts: { timeLimitMs: timeout } }),
    };
    try {
      return options.dryRun
        ? await tryOut(direction, options, run, session)
        : await carryOut(direction, options, run, session);
    } finally {
      await close();
    }
  });
  if (code !== EXIT.done) {
    throw new Exit(code);
  }
}

async function tryOut(
  direction: Direction,
  options: OperateOptions,
  run: Omit<OperationRun, 'confirm'>,
  { deployment }: Session,
): Promise<number> {
  const { json, partial = false, drain } = options;
  const progress = new Progress();
  progress.tell('Looking at both members …');
  let proposal: Proposal;
  try {
    proposal = await propose(run);
  } finally {
    progress.end();
  }
  const verdict = verdictOf(proposal, partial);
  const redirection =
    verdict === 'accepted' ? await foreseenRedirection({ to: proposal.plan.target, deployment, options }) : undefined;
  if (json) {
    printDocument(direction, proposalDocument(direction, proposal, verdict, redirection));
  } else {
    const proxy = redirection && redirectionText(redirection, deployment, look(), wordsOf(direction, options));
    console.log([proxy, proposalText(proposal, look(), partial, drain !== undefined)].filter(Boolean).join('\n\n'));
  }
  return { accepted: EXIT.done, 'in-part': EXIT.notThere, refused: EXIT.refused }[verdict];
}

async function carryOut(
  direction: Direction,
  options: OperateOptions,
  run: Omit<OperationRun, 'confirm'>,
  session: Session,
): Promise<number> {
  const report = new OperateReport((text) => (options.json ? console.error(text) : console.log(text)));
  let ending: Ending;
  try {
    const quit = new AbortController();
    const confirm = consent(
      options,
      (question) => report.question(question),
      () => quit.abort(),
    );
    const signal = AbortSignal.any([session.signal, quit.signal]);
    ending = await operate({ ...run, confirm, signal, listener: report.listener });
  } finally {
    report.end();
  }
  const redirection = await redirectionOf(ending, options, session);
  const [block] = await blocksAfter(ending, options, session);
  const needed = ending.declined && !canAsk(options) ? optionFor(ending.declined, options) : undefined;
  if (options.json) {
    printDocument(direction, endingDocument(direction, ending, needed, { proxy: redirection, blocked: block?.told }));
  } else {
    const hint = hintOf(ending.declined, needed);
    const again = wordsOf(direction, options);
    const proxy = redirection && redirectionText(redirection, session.deployment, look(), again);
    const told = [
      endingText(ending, session.deployment, look(), hint, again),
      proxy,
      block && blockText(block, session.deployment, look()),
    ];
    console.log(told.filter(Boolean).join('\n\n'));
  }
  return session.signal.aborted && !isRedirected(redirection)
    ? EXIT.interrupted
    : isRedirected(redirection)
      ? exitCodeOf(ending)
      : EXIT.notThere;
}

/** Clients follow only where all has turned. */
async function redirectionOf(
  { kind, plan, observation }: Ending,
  options: OperateOptions,
  { deployment, signal }: Session,
): Promise<ClientRedirection | undefined> {
  return kind === 'done' && plan && observation
    ? redirectClients({
        ...{ to: plan.target, deployment, observation, options, signal },
        onLine: (line) => console.error(line),
      })
    : undefined;
}

/** Mirrors turn whatever the proxy does, which blocks the primary in a drill until the end. */
async function blocksAfter(
  { kind, observation }: Ending,
  options: OperateOptions,
  { signal }: Session,
): Promise<readonly Concern[]> {
  return kind === 'done' && observation && !signal.aborted
    ? blockConcerns(observation, await deployedProxyReport(options, signal))
    : [];
}

/** A run that changed something and did not come to its end is there in part. */
function exitCodeOf({ kind, attempts }: Ending): number {
  const begun = attempts.some(({ outcome }) => outcome.kind === 'accepted' || outcome.kind === 'unknown');
  switch (kind) {
    case 'done':
      return EXIT.done;
    case 'refused':
    case 'busy':
    case 'declined':
    case 'hindered':
      return begun ? EXIT.notThere : EXIT.refused;
    case 'time-limit':
      return EXIT.notThere;
    case 'interrupted':
      return EXIT.interrupted;
  }
}

const FAILOVER_HELP = `${SOURCES_HELP}
Looks at both members, tells what it is going to do, asks, does it, and waits until both members show it. Run again after
whatever happened, it goes on from what the clusters tell. Without --planned or --unplanned it proposes one of the two.

${SAFETY_HELP}

Exit code 0 when the secondary serves every topic, 3 if it is refused and nothing was done, 4 if it is done in part or
not within --timeout (default 15m), 130 after Ctrl-C.

Example:
  $ confluent-dr failover --dry-run
  $ confluent-dr failover --planned --drain 5m --yes --fix-acls
  $ confluent-dr failover --unplanned --topics orders,payments --yes --json
`;

export function addFailover(program: Command): void {
  addOperateOptions(program.command('failover'))
    .description('make the secondary the active member')
    .addHelpText('after', FAILOVER_HELP)
    .action((options: OperateOptions) => runOperation('failover', options));
}

const FAILBACK_HELP = `${SOURCES_HELP}
After a planned failover the members change places again. After a disaster the primary first follows the secondary, and
discards what only it has: that is shown, and asked. Records are never discarded unasked, --yes or not; --discard agrees
beforehand.

${SAFETY_HELP}

Exit code 0 when the primary serves every topic, 3 if it is refused and nothing was done, 4 if it is done in part or not
within --timeout (default 15m), 130 after Ctrl-C.

Example:
  $ confluent-dr failback --dry-run
  $ confluent-dr failback --yes --drain 5m
  $ confluent-dr failback --yes --discard --json
`;

export function addFailback(program: Command): void {
  addOperateOptions(program.command('failback'))
    .description('make the primary the active member again')
    .addHelpText('after', FAILBACK_HELP)
    .action((options: OperateOptions) => runOperation('failback', options));
}
