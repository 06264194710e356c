import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Experiment, type Journal, writeJournal } from '../drill/journal';
import { JOURNAL } from '../report/output-schema/drill';
import { pairInTitle } from '../words/drill';
import { goesOnText } from './drill-lock';
import { BadInput, NothingDone } from './exit';

/** A drill that ended longer ago is nothing to go on with unasked: much may have been done by hand since. */
const FRESH_MS = 24 * 3_600_000;

/** Where a drill's journal goes, beside what is there already: the journal of a drill that is not gone on with is kept. */
export class DrillJournal {
  /** Of the same drill, if one ended on the way. @default - there is none */
  public readonly earlier?: Journal;
  private readonly found?: Found;
  private path: string;
  private isOpen: boolean;
  private isWritten = false;

  /**
   * @param file the one that is named, or a new one
   * @param isNamed if not, a drill of this pair is looked for in the current folder
   * @throws BadInput for a file that is something else
   * @throws NothingDone if the drill that is found goes on
   */
  constructor(
    private readonly own: string,
    private readonly isNamed: boolean,
    experiment: Experiment,
  ) {
    this.found = isNamed ? namedIn(own) : lastOf(experiment);
    if (this.found) {
      refuseWhileItGoesOn(this.found);
    }
    this.earlier = this.found && isToBeResumed(this.found.journal, experiment) ? this.found.journal : undefined;
    this.path = this.earlier ? this.found!.file : own;
    this.isOpen = this.path !== this.found?.file;
  }

  public get file(): string {
    return this.path;
  }

  /** Until it is clear whether it goes on with an earlier drill, that one's journal stays as it is. */
  public readonly write = (journal: Journal): void => {
    if (!this.isOpen) {
      this.open(journal);
    }
    if (this.isOpen) {
      try {
        writeJournal(this.path, journal);
      } catch (error) {
        throw this.isWritten ? new Error(this.lossInWords(error as Error), { cause: error }) : error;
      }
      this.isWritten = true;
    }
  };

  /** A drill whose journal tells nothing more is no proof of anything. */
  private lossInWords({ message }: Error): string {
    return (
      `the journal ${this.path} cannot be written any more: ${message}. The drill ends here: what came last may not be in it, and ` +
      'the clusters are as they are. Look at them by status; with room for the journal the same command goes on from there.'
    );
  }

  private open({ interruptions, run, under_way: underWay, pid, start }: Journal): void {
    if (interruptions.length > 0) {
      this.isOpen = true;
    } else if (run.length > 0 || underWay !== undefined) {
      this.isOpen = true;
      this.path = this.own;
      if (this.isNamed) {
        renameSync(this.own, asideOf(this.own, this.found!.journal.start));
      }
    } else if (pid === undefined) {
      this.isOpen = true;
      this.path = this.isNamed ? asideOf(this.own, start) : this.own;
    }
  }
}

/** @throws BadInput for a file that is something else */
function namedIn(file: string): Found | undefined {
  const text = existsSync(file) ? textOf(file) : '';
  if (text.trim() === '') {
    return undefined;
  }
  const journal = journalIn(text);
  if (journal === undefined) {
    throw new BadInput(
      `--journal ${file} is there already, and is no journal of a drill; name a file that may be written.`,
    );
  }
  // One of a drill that was not begun tells nothing that would be missed.
  return hasBegun(journal) || goesOn(journal) ? { file, journal } : undefined;
}

interface Found {
  readonly file: string;
  readonly journal: Journal;
}

/** Of the journals in the current folder, of any drill of this pair, the last one that has begun anything. */
function lastOf({ title }: Experiment): Found | undefined {
  return readdirSync('.')
    .filter((name) => /^drill-[\dTZ-]+\.json$/.test(name))
    .sort()
    .reverse()
    .map((name) => ({ file: name, journal: journalIn(textOf(join('.', name))) }))
    .find(
      (found): found is Found =>
        found.journal !== undefined &&
        pairInTitle(found.journal.experiment.title) === pairInTitle(title) &&
        (hasBegun(found.journal) || goesOn(found.journal)),
    );
}

const hasBegun = ({ run, under_way: underWay }: Journal): boolean => run.length > 0 || underWay !== undefined;

const goesOn = ({ pid, node }: Journal): boolean =>
  pid !== undefined && pid !== process.pid && node === hostname() && isAlive(pid);

const isToBeResumed = (journal: Journal, experiment: Experiment): boolean =>
  journal.status !== 'completed' &&
  hasBegun(journal) &&
  Date.now() - Date.parse(journal.end) < FRESH_MS &&
  JSON.stringify(journal.experiment) === JSON.stringify(experiment);

function refuseWhileItGoesOn({ journal, file }: Found): void {
  if (goesOn(journal)) {
    throw new NothingDone(goesOnText({ pid: journal.pid!, journal: file }));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !hasEnded(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** One that was killed keeps its number until somebody asks for its end: in a container, often for good. */
function hasEnded(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    // Only Linux tells it so.
    return false;
  }
}

const asideOf = (file: string, start: string): string =>
  `${file.replace(/\.json$/, '')}-${start.replace(/[:.]/g, '-')}.json`;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadInput(`--journal ${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function journalIn(text: string): Journal | undefined {
  try {
    const read = JOURNAL.safeParse(JSON.parse(text));
    return read.success ? (read.data as Journal) : undefined;
  } catch {
    return undefined;
  }
}
