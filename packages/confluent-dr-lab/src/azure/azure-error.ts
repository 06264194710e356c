/** A refusal of Azure's. */
export class AzureError extends Error {
  constructor(
    /** Of HTTP. */
    public readonly status: number,
    /** Azure's own, such as `NicInUse`. */
    public readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
