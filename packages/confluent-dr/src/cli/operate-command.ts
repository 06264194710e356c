import { operate } from '../operating/operation';
import { type Ending, type OperationRun } from '../operating/operation-run';
import { type Proposal, propose } from '../operating/propose';
import { type Direction } from '../planning/failover-request';
import { endingText } from '../words/operation';
import { proposalText, verdictOf } from '../words/proposal';
import { EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { canAsk, consent, hintOf, optionFor } from './operate-consent';
import { endingDocument, proposalDocument } from './operate-document';
import { type OperateOptions, requestOf, wordsOf } from './operate-options';
import { outlivingPair } from './operate-pair';
import { OperateReport } from './operate-report';
import { inSession, type Session } from './session';
import { look, Progress } from './terminal';

/** Runs a failover or a failback; whatever it came to has been said when it ends. */
export async function runOperation(direction: Direction, options: OperateOptions): Promise<void> {
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
      return options.dryRun ? await tryOut(direction, options, run) : await carryOut(direction, options, run, session);
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
  { json, partial = false, drain }: OperateOptions,
  run: Omit<OperationRun, 'confirm'>,
): Promise<number> {
  const progress = new Progress();
  progress.tell('Looking at both members …');
  let proposal: Proposal;
  try {
    proposal = await propose(run);
  } finally {
    progress.end();
  }
  if (json) {
    printDocument(direction, proposalDocument(direction, proposal, verdictOf(proposal, partial)));
  } else {
    console.log(proposalText(proposal, look(), partial, drain !== undefined));
  }
  return { accepted: EXIT.done, 'in-part': EXIT.notThere, refused: EXIT.refused }[verdictOf(proposal, partial)];
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
  const needed = ending.declined && !canAsk(options) ? optionFor(ending.declined, options) : undefined;
  if (options.json) {
    printDocument(direction, endingDocument(direction, ending, needed));
  } else {
    const hint = hintOf(ending.declined, needed);
    console.log(endingText(ending, session.deployment, look(), hint, wordsOf(direction, options)));
  }
  return exitCodeOf(ending);
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
