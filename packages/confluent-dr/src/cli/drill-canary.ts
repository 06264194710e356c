import { setTimeout as wait } from 'node:timers/promises';
import { CanaryAccount } from '../canary/account';
import { type CanaryEvent } from '../canary/events';
import { type JoinedRun, joinedRun } from '../canary/joined';
import { causeOf } from '../canary/kafka/client';
import { readLog, type ReadLog, UnusableLog } from '../canary/raw-log';
import { type Standstill } from '../canary/standstill';
import { type JournalNote } from '../drill/journal';
import { type Recorder } from '../drill/recorder';
import { type DrillTraffic } from '../drill/run-drill';
import { servedThroughBlock, type TrafficPart, trafficOf } from '../drill/traffic';
import { type Role } from '../observe/pair-observation';
import { sharedText, standstillText } from '../words/canary';
import { type CanaryFlags, type CanaryRequest, endCanary, type OpenCanary, openCanary } from './canary-run';
import { type Session } from './session';

const FLAGS: CanaryFlags = {
  topic: '--canary-topic',
  way: '--canary-way',
  log: '--canary-log',
  group: '--canary-group',
};

/** Clients that do not come back within this time do not keep the drill. */
const BACK_LIMIT_MS = 60_000;
const LOOK_INTERVAL_MS = 20;
/** Who interrupts a drill waits no longer for what can be read back. */
const END_LIMIT_MS = 60_000;

/** A canary beside a drill, within the same process. */
export class DrillCanary implements DrillTraffic {
  private open?: OpenCanary;
  private before: readonly PartWithLog[] = [];

  constructor(
    private readonly session: Session,
    private readonly request: CanaryRequest,
    private readonly recorder: Recorder,
    private readonly signal: AbortSignal,
    private readonly tell: (line: string) => void,
  ) {}

  public async begin(): Promise<void> {
    const { recorder, signal } = this;
    this.before = withLogs(recorder.trafficBefore);
    try {
      await this.start();
    } catch (error) {
      // A drill that ended on the way may have left clients without a member that serves.
      if (recorder.journal.interruptions.length === 0 || signal.aborted) {
        throw error;
      }
      this.tell(`canary: ${causeOf(error)}; it begins when the mirrors have turned.`);
    }
  }

  private async start(): Promise<void> {
    const { before, recorder } = this;
    const earlier = before.length === 0 ? undefined : { runs: before.map(({ run }) => run), since: beginOf(before[0]) };
    this.open = await openCanary(this.session, this.request, FLAGS, true, (event) => this.trouble(event), earlier);
    const { broken } = this.open.log;
    broken.addEventListener('abort', () =>
      this.tell(`canary: ${causeOf(broken.reason)}. The drill goes on; what clients see of it is not measured.`),
    );
    const { plan, counting, log } = this.open;
    const { run, topic, rate, way, on } = plan;
    const { trafficBefore } = recorder;
    recorder.clientsSaw({
      ...{ run, topic, rate, way, log: { path: log.path } },
      ...(trafficBefore.length > 0 && { earlier: trafficBefore }),
    });
    this.tell(
      `canary: ${rate} records a second to ${topic} on the ${on}, ${way === 'proxy' ? 'through' : 'past'} the proxy; its raw log is ${log.path}`,
    );
    const isServed = await this.within(() => counting.account.seconds.all().some(({ consumed }) => consumed > 0));
    if (!isServed && !this.signal.aborted && recorder.journal.interruptions.length === 0) {
      throw new Error(`the canary's records are not acknowledged and consumed on the ${on}; nothing was begun.`);
    }
  }

  public async moveTo(role: Role): Promise<void> {
    if (this.open === undefined) {
      await this.start();
      return;
    }
    const { counting } = this.open;
    await counting.moveTo(role);
    const changeover = () => counting.account.changeovers.all.at(-1);
    const isBack = await this.within(
      () => changeover()?.firstAcknowledged !== undefined && changeover()?.firstConsumed !== undefined,
    );
    this.tell(
      isBack
        ? `canary: records are acknowledged and consumed on the ${role}`
        : `canary: no records are acknowledged and consumed on the ${role}, ${BACK_LIMIT_MS / 1000} s after it went there`,
    );
  }

  public async end(): Promise<void> {
    if (this.open === undefined) {
      return;
    }
    this.tell('canary: reads back what is there …');
    const { recorder } = this;
    const { counting, log } = this.open;
    try {
      const { file } = await endCanary(this.open, AbortSignal.timeout(END_LIMIT_MS));
      const { run, questions } = recorder.journal;
      const joined = this.joinedWith(log.path);
      const account = joined ? CanaryAccount.of(joined.events) : counting.account;
      const events = () => joined?.events ?? readLog(log.path).events;
      const earlier = joined && this.before.map(partOf);
      const sources = { account, events, log: file, earlier, run, questions };
      recorder.clientsSaw({ ...trafficOf(sources), run: this.open.plan.run });
      if (joined) {
        recorder.measuredWithBefore();
        joined.gaps.forEach(({ from, to }) =>
          recorder.notProven({
            code: 'traffic-between-parts',
            from: new Date(from).toISOString(),
            seconds: Math.max(0, to - from) / 1000,
          }),
        );
      }
      if (account.byPartition().some(({ shared = 0 }) => shared > 0)) {
        recorder.notProven({ code: 'traffic-group-shared', group: counting.account.begin!.group });
      }
      notesOn(account.standstills).forEach((note) => recorder.notProven(note));
      const milliseconds = servedThroughBlock(sources);
      if (milliseconds !== undefined) {
        recorder.deviatedBecause({ code: 'served-through-block', milliseconds });
      }
      if (counting.account.begin!.way === 'direct' && run.some(({ activity }) => activity.name === 'block')) {
        recorder.notProven({ code: 'traffic-past-block' });
      }
    } catch (error) {
      recorder.notProven({ code: 'traffic-unended', cause: causeOf(error) });
    }
  }

  /** @returns undefined where there is nothing to join, or not all of it */
  private joinedWith(path: string): JoinedRun | undefined {
    const { before, recorder } = this;
    return before.length === 0 || before.length < recorder.trafficBefore.length
      ? undefined
      : joinedRun([...before.map(({ read }) => read.events), readLog(path).events]);
  }

  private trouble(event: CanaryEvent): void {
    if (event.type === 'trouble') {
      this.tell(`canary, ${event.who}: ${event.cause}`);
    } else if (event.type === 'stood-still') {
      this.tell(`canary: it did not run, or the clock was set: ${standstillText(event)}`);
    } else if (event.type === 'shared') {
      this.tell(`canary: ${sharedText(event)}`);
    }
  }

  private async within(is: () => boolean): Promise<boolean> {
    const end = Date.now() + BACK_LIMIT_MS;
    while (!is()) {
      if (this.signal.aborted || Date.now() > end) {
        return false;
      }
      await wait(LOOK_INTERVAL_MS);
    }
    return true;
  }
}

/** What was not measured for the canary's own sake; of a clock that was put back the drill itself tells. */
function notesOn(standstills: readonly Standstill[]): JournalNote[] {
  const still = standstills.filter(({ since, at }) => at >= since);
  return still.length === 0
    ? []
    : [
        {
          code: 'traffic-stood-still',
          times: still.length,
          seconds: still.reduce((sum, { since, at }) => sum + at - since, 0) / 1000,
          from: new Date(still[0].since).toISOString(),
        },
      ];
}

type PartWithLog = TrafficPart & { readonly read: ReadLog };

const partOf = ({ run, log, read: { sha256 } }: PartWithLog): TrafficPart => ({ run, log: { path: log.path, sha256 } });

const beginOf = ({ read }: PartWithLog): number => read.events[0].at;

/** Those whose raw logs are there and can be read. */
function withLogs(parts: readonly TrafficPart[]): PartWithLog[] {
  return parts.flatMap((part) => {
    try {
      return [{ ...part, read: readLog(part.log.path) }];
    } catch (error) {
      if (error instanceof UnusableLog) {
        return [];
      }
      throw error;
    }
  });
}
