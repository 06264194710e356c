import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { moveRemarkInWords } from '../../../../lib/cli/runbook/words';
import { DrillJournal } from '../../../../lib/cli/runbook/drill-journal';
import {
  type DrillActions,
  type DrillRequest,
  experimentOf,
  type Journal,
  type Left,
  phasesOf,
  Recorder,
  runDrill,
} from '../../../../lib/runbook/drill';
import { observePair } from '../../../../lib/runbook/observing';
import { type OperationRun, totalOf } from '../../../../lib/runbook/operating';
import { DeployedLab } from '../../support/deployed-lab';
import {
  closePairs,
  faulty,
  labClock,
  operated,
  operationsOn,
  pairOf,
  produced,
  statesOf,
} from '../../support/operating-lab';

/** Records that the secondary lacks when an unplanned drill begins. */
export const LACKED = 4;

/** When the process is killed: by its nth word to the journal, and whether that is still written. */
export interface Kill {
  readonly at: number;
  readonly written: boolean;
}

/** What became of a drill that was killed and run again. */
export interface Again {
  readonly kill: Kill;
  readonly left?: readonly string[];
  readonly status: Journal['status'];
  readonly states: readonly string[];
  readonly isBlocked: boolean;
  readonly secondary: readonly string[];
  readonly primary: readonly string[];
  readonly actuals: Pick<Journal['actuals'], 'lost' | 'discarded'>;
  readonly journal: Journal;
}

const forEver = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** A pair, and a proxy that is imitated by a switch. */
export class DrillWorld {
  public static async start(request: DrillRequest): Promise<DrillWorld> {
    const lab = await DeployedLab.start({ topics: 2, partitions: 1 });
    if (request.unplanned) {
      await faulty(lab, { kind: 'replication-held', target: lab.member('secondary').clusterId });
      await produced(lab, 'primary', LACKED);
      await lab.wait(1000);
    }
    return new DrillWorld(lab, request, await lab.snapshot());
  }

  private isBlocked = false;
  private readonly folder = mkdtempSync(join(tmpdir(), 'drill-'));
  private readonly file = join(this.folder, 'drill.json');

  private constructor(
    public readonly lab: DeployedLab,
    private readonly request: DrillRequest,
    private readonly beginning: Buffer,
  ) {}

  public end(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** A drill of a fresh pair that is killed, if it does not end before, and the same drill once more. */
  public async killedAndAgain(kill: Kill): Promise<Again | 'ended'> {
    await this.lab.restore(this.beginning);
    this.isBlocked = false;
    rmSync(this.file, { force: true });
    const { outcome } = await this.run(kill);
    // Whoever dies with the last word has ended.
    if (outcome === 'ended' || this.written?.status === 'completed') {
      return 'ended';
    }
    return this.again(kill);
  }

  /** The same drill once more. */
  public async again(kill: Kill): Promise<Again> {
    const { left } = await this.run();
    await closePairs();
    const journal = this.written!;
    return {
      kill,
      left,
      status: journal.status,
      states: await statesOf(this.lab),
      isBlocked: this.isBlocked,
      secondary: operationsOn(this.lab, 'secondary'),
      primary: operationsOn(this.lab, 'primary'),
      actuals: { lost: journal.actuals.lost, discarded: journal.actuals.discarded },
      journal,
    };
  }

  private get written(): Journal | undefined {
    return existsSync(this.file) ? (JSON.parse(readFileSync(this.file, 'utf8')) as Journal) : undefined;
  }

  private async run(kill?: Kill): Promise<{ readonly outcome: 'ended' | 'killed'; readonly left?: readonly string[] }> {
    const experiment = experimentOf(this.request, 'one and two');
    const kept = new DrillJournal(this.file, true, experiment);
    let [words, isDead, left] = [0, false, undefined as readonly string[] | undefined];
    let die = (): void => undefined;
    const killed = new Promise<'killed'>((resolve) => (die = () => resolve('killed')));
    const recorder = new Recorder({
      experiment,
      version: '1.2.3',
      targets: { lost: 1000, lag: 30 },
      write: (journal) => {
        words += 1;
        if (!isDead && (words !== kill?.at || kill.written)) {
          kept.write(journal);
        }
        if (words === kill?.at) {
          isDead = true;
          die();
        }
      },
    });
    const alive = <T>(body: () => Promise<T>): Promise<T> => (isDead ? forEver<T>() : body());
    const ended = runDrill({
      phases: phasesOf(this.request),
      unplanned: this.request.unplanned,
      inWords: moveRemarkInWords,
      attempts: this.actions(recorder, alive),
      recorder,
      earlier: kept.earlier,
      confirm: ({ question }) => recorder.asked(question ?? '', 'option', () => alive(() => Promise.resolve(true))),
      resume: ({ phases, isCertain }: Left) => {
        left = phases.map(({ name }) => name);
        return alive(() => Promise.resolve(isCertain));
      },
      signal: new AbortController().signal,
    });
    return { outcome: await Promise.race([ended.then(() => 'ended' as const), killed]), left };
  }

  private actions(recorder: Recorder, alive: <T>(body: () => Promise<T>) => Promise<T>): DrillActions {
    const { unplanned } = this.request;
    const { now, sleep } = labClock(this.lab);
    const run: Pick<OperationRun, 'askable' | 'clock'> = {
      askable: { truncation: true },
      clock: { now, sleep: (ms) => alive(() => sleep(ms)) },
    };
    return {
      observe: () =>
        alive(async () => {
          const { observation } = await observePair(pairOf(this.lab));
          recorder.state(observation);
          return observation;
        }),
      check: () => alive(() => Promise.resolve({ ok: true })),
      isBlocked: () => alive(() => Promise.resolve(undefined)),
      toggle: (blocked) =>
        alive(() => {
          this.isBlocked = blocked;
          return Promise.resolve({ ok: true });
        }),
      operate: (direction) =>
        alive(async () => {
          const { ending } = await operated(this.lab, {
            ...run,
            request: {
              direction,
              procedure: direction === 'failback' ? 'undecided' : unplanned ? 'unplanned' : 'planned',
              allow: { unplannedWhileActiveAnswers: unplanned && direction === 'failover' },
            },
            confirm: async ({ kind, records }) => {
              if (kind === 'discard') {
                recorder.agreedToDiscard(totalOf(records));
              }
              return alive(() => Promise.resolve(true));
            },
            listener: (event) => {
              if (event.type === 'planned') {
                recorder.state(event.observation);
              }
              // A kill in the middle of it, too: while it waits, the journal is written.
              if (event.type === 'waiting') {
                recorder.notProven(`while waiting in ${direction}`);
              }
            },
          });
          return { ok: ending.kind === 'done', lost: totalOf(ending.lost), discarded: totalOf(ending.discarded) };
        }),
    };
  }
}
