/** Ends the tool with an exit code of the command's own; all that there is to say has been said. */
export class Exit extends Error {
  constructor(public readonly code: number) {
    super(`exit code ${code}`);
  }
}
