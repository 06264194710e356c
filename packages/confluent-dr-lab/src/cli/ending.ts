/** What the person at the keyboard gave cannot be taken; the message tells what is wrong and what is allowed. */
export class BadInput extends Error {}

/** Ends the command with an exit code of its own; all that there is to say has been said. */
export class Exit extends Error {
  /** @param said what it was, where no document tells it */
  constructor(
    public readonly code: number,
    said = `exit code ${code}`,
  ) {
    super(said);
  }
}
