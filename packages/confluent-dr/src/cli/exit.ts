/** What the person at the keyboard gave cannot be taken; the message tells what is wrong and what is allowed. */
export class BadInput extends Error {}

/** What a script can tell from the tool's exit code. */
export const EXIT = {
  /** It is so, or it is done. */
  done: 0,
  failure: 1,
  /** Bad input or usage: nothing was done. */
  badInput: 2,
  /** Nothing was done; cause and cure have been told. */
  refused: 3,
  /** Not there within the time limit, or only in part. */
  notThere: 4,
  /** By Ctrl-C. */
  interrupted: 130,
} as const;

/** Nothing was done, for the reason that the message tells, and the message says what would help. */
export class NothingDone extends Error {}

/** Ends the tool with an exit code of the command's own; all that there is to say has been said. */
export class Exit extends Error {
  /** @param said what it was, where no document tells it */
  constructor(
    public readonly code: number,
    said = `exit code ${code}`,
  ) {
    super(said);
  }
}

/** By which a command is told to end: Ctrl-C, another process, a terminal that is closed. */
export const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
