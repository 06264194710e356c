import { setTimeout as wait } from 'node:timers/promises';
import { type CanaryEvent } from '../canary/events';
import { causeOf } from '../canary/kafka/client';
import { readLog } from '../canary/raw-log';
import { type Recorder } from '../drill/recorder';
import { type DrillTraffic } from '../drill/run-drill';
import { servedThroughBlock, trafficOf } from '../drill/traffic';
import { type Role } from '../observe/pair-observation';
import { type CanaryFlags, type CanaryRequest, endCanary, type OpenCanary, openCanary } from './canary-run';
import { type Session } from './session';

const FLAGS: CanaryFlags = { topic: '--canary-topic', way: '--canary-way', log: '--canary-log' };

/** Clients that do not come back within this time do not keep the drill. */
const BACK_LIMIT_MS = 60_000;
const LOOK_INTERVAL_MS = 20;
/** Who interrupts a drill waits no longer for what can be read back. */
const END_LIMIT_MS = 60_000;

/** A canary beside a drill, within the same process. */
export class DrillCanary implements DrillTraffic {
  private open?: OpenCanary;

  constructor(
    private readonly session: Session,
    private readonly request: CanaryRequest,
    private readonly recorder: Recorder,
    private readonly signal: AbortSignal,
    private readonly tell: (line: string) => void,
  ) {}

  public async begin(): Promise<void> {
    this.open = await openCanary(this.session, this.request, FLAGS, true, (event) => this.trouble(event));
    const { plan, counting, log } = this.open;
    const { run, topic, rate, way, on } = plan;
    this.recorder.clientsSaw({ run, topic, rate, way, log: { path: log.path } });
    this.tell(
      `canary: ${rate} records a second to ${topic} on the ${on}, ${way === 'proxy' ? 'through' : 'past'} the proxy; its raw log is ${log.path}`,
    );
    const isServed = await this.within(() => counting.account.seconds.all().some(({ consumed }) => consumed > 0));
    if (!isServed && !this.signal.aborted) {
      throw new Error(`the canary's records are not acknowledged and consumed on the ${on}; nothing was begun.`);
    }
  }

  public async moveTo(role: Role): Promise<void> {
    const { counting } = this.open!;
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
      const events = () => readLog(log.path).events;
      const sources = { account: counting.account, events, log: file, run, questions };
      recorder.clientsSaw(trafficOf(sources));
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

  private trouble(event: CanaryEvent): void {
    if (event.type === 'trouble') {
      this.tell(`canary, ${event.who}: ${event.cause}`);
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
