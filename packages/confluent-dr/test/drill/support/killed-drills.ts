import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DrillJournal } from '../../../src/cli/drill-journal';
import { type Journal } from '../../../src/drill/journal';
import { type DrillRequest, experimentOf, phasesOf } from '../../../src/drill/phases';
import { Recorder } from '../../../src/drill/recorder';
import { type Left as LeftPhases } from '../../../src/drill/resume';
import { type DrillActions, runDrill } from '../../../src/drill/run-drill';
import { totalOf } from '../../../src/execute/mirror-requests';
import { observePair, type PairSource } from '../../../src/observe/observe-pair';
import { type Role } from '../../../src/observe/pair-observation';
import { experimentInWords, journalNoteInWords } from '../../../src/words/drill';
import { DeployedLab } from '../../support/deployed-lab';
import { closePairs, faulty, operated, operationsOn, pairOf, produced, statesOf } from '../../support/operating-lab';

/** Records that the secondary lacks when an unplanned drill begins. */
export const LACKED = 4;

/** By its nth word to the journal, and whether that is still written: what was done may not be noted. */
export type Death = `${number} ${'written' | 'unwritten'}`;

/** What a drill that is killed leaves behind. */
interface Left {
  /** Each death that leaves this: between two words nothing may have changed but the drill's own memory. */
  readonly deaths: Death[];
  readonly cloud: string;
  /** The text of its journal; undefined if there is none yet. */
  readonly journal?: string;
  readonly isBlocked: boolean;
  readonly operations: Operations;
}

type Operations = Record<Role, readonly string[]>;

/** What became of a drill that was killed and run again. */
export interface Again {
  readonly deaths: readonly Death[];
  readonly left?: readonly string[];
  readonly status: Journal['status'];
  readonly states: readonly string[];
  readonly isBlocked: boolean;
  readonly secondary: readonly string[];
  readonly primary: readonly string[];
  readonly actuals: Pick<Journal['actuals'], 'lost' | 'discarded'>;
  readonly journal: Journal;
}

const folders: string[] = [];

/** Removes the journals; call it after each test. */
export function removeJournals(): void {
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true }));
}

/** Kills a drill at every word that it writes to its journal, before and after, and runs each again. */
export async function killedAtEveryWord(request: DrillRequest): Promise<Again[]> {
  const lab = await DeployedLab.start({ topics: 2, partitions: 1 });
  if (request.unplanned) {
    await faulty(lab, { kind: 'replication-held', target: lab.member('secondary').clusterId });
    await produced(lab, 'primary', LACKED);
    await lab.wait(1000);
  }
  const world = new DrillWorld(lab, request);
  const runs: Again[] = [];
  for (const left of await world.leftBehind()) {
    runs.push(await (await world.continued(left)).again(left));
    await closePairs();
  }
  return runs;
}

/** A pair, and a proxy that is imitated by a switch. */
class DrillWorld {
  private readonly file = join(newFolder(), 'drill.json');
  private readonly pair: PairSource;

  constructor(
    private readonly lab: DeployedLab,
    private readonly request: DrillRequest,
    private isBlocked = false,
  ) {
    this.pair = pairOf(lab);
  }

  /** Carries the drill out once, and keeps what it would leave behind if it were killed at its first word, its second, … */
  public async leftBehind(): Promise<Left[]> {
    const left: Left[] = [];
    const keep = (death: Death): void => {
      const [cloud, journal, { isBlocked }] = [this.lab.snapshot(), this.written, this];
      const last = left.at(-1);
      if (last?.cloud === cloud && last.journal === journal && last.isBlocked === isBlocked) {
        last.deaths.push(death);
      } else {
        left.push({ deaths: [death], cloud, journal, isBlocked, operations: this.operations });
      }
    };
    await this.run(keep);
    // Whoever dies with the last word has ended.
    return left.filter(({ journal }) => journal === undefined || parsed(journal).status !== 'completed');
  }

  /** Another pair and another proxy, as they were left. */
  public async continued({ cloud, journal, isBlocked }: Left): Promise<DrillWorld> {
    const world = new DrillWorld(await this.lab.continued(cloud), this.request, isBlocked);
    if (journal !== undefined) {
      writeFileSync(world.file, journal);
    }
    return world;
  }

  /** The same drill once more. */
  public async again({ deaths, operations: before }: Left): Promise<Again> {
    const left = await this.run();
    const journal = parsed(this.written!);
    return {
      deaths,
      left,
      status: journal.status,
      states: await statesOf(this.lab),
      isBlocked: this.isBlocked,
      secondary: [...before.secondary, ...this.operations.secondary],
      primary: [...before.primary, ...this.operations.primary],
      actuals: { lost: journal.actuals.lost, discarded: journal.actuals.discarded },
      journal,
    };
  }

  private get written(): string | undefined {
    return existsSync(this.file) ? readFileSync(this.file, 'utf8') : undefined;
  }

  private get operations(): Operations {
    return { primary: operationsOn(this.lab, 'primary'), secondary: operationsOn(this.lab, 'secondary') };
  }

  /** @returns the phases that were left to do, if it found that some were done */
  private async run(keep: (death: Death) => void = () => undefined): Promise<readonly string[] | undefined> {
    const experiment = experimentOf(this.request, experimentInWords(this.request, 'one and two'));
    const kept = new DrillJournal(this.file, true, experiment);
    let [words, left] = [0, undefined as readonly string[] | undefined];
    const recorder = new Recorder({
      experiment,
      version: '1.2.3',
      targets: { lost: 1000, lag: 30 },
      inWords: journalNoteInWords,
      write: (journal) => {
        words += 1;
        keep(`${words} unwritten`);
        kept.write(journal);
        keep(`${words} written`);
      },
    });
    await runDrill({
      phases: phasesOf(this.request),
      unplanned: this.request.unplanned,
      attempts: this.actions(recorder),
      recorder,
      earlier: kept.earlier,
      confirm: ({ question }) => recorder.asked(question?.code ?? '', 'option', () => Promise.resolve(true)),
      resume: ({ phases, isCertain }: LeftPhases) => {
        left = phases.map(({ name }) => name);
        return Promise.resolve(isCertain);
      },
      signal: new AbortController().signal,
    });
    return left;
  }

  private actions(recorder: Recorder): DrillActions {
    const { unplanned } = this.request;
    return {
      observe: async () => {
        const { observation } = await observePair(this.pair);
        recorder.state(observation);
        return observation;
      },
      check: () => Promise.resolve({ ok: true }),
      isBlocked: () => Promise.resolve(undefined),
      toggle: (blocked) => {
        this.isBlocked = blocked;
        return Promise.resolve({ ok: true });
      },
      lose: () => Promise.reject(new Error('these drills lose nothing')),
      operate: async (direction) => {
        const { ending } = await operated(this.lab, {
          pair: this.pair,
          askable: { truncation: true },
          request: {
            direction,
            procedure: direction === 'failback' ? 'undecided' : unplanned ? 'unplanned' : 'planned',
            allow: { unplannedWhileActiveAnswers: unplanned && direction === 'failover' },
          },
          confirm: ({ kind, records }) => {
            if (kind === 'discard') {
              recorder.agreedToDiscard(totalOf(records));
            }
            return Promise.resolve(true);
          },
          listener: (event) => {
            if (event.type === 'planned') {
              recorder.state(event.observation);
            }
            // A kill in the middle of it, too: while it waits, the journal is written.
            if (event.type === 'waiting') {
              recorder.notProven({ code: 'taken-up-without-journal', from: direction });
            }
          },
        });
        return { ok: ending.kind === 'done', lost: totalOf(ending.lost), discarded: totalOf(ending.discarded) };
      },
    };
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'drill-'));
  folders.push(folder);
  return folder;
}

const parsed = (journal: string): Journal => JSON.parse(journal) as Journal;
