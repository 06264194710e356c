/** One block of a synthesized configuration. */
export type Block = Record<string, unknown> & { lifecycle?: Record<string, unknown> };

/** A synthesized configuration, by type and name. */
export interface Configuration {
  readonly resource: Record<string, Record<string, Block>>;
  readonly data: Record<string, Record<string, Block>>;
}

/** A change to a synthesized configuration, such as a rule of the library broken. */
export function edited(change: (configuration: Configuration) => void): (json: string) => string {
  return (json) => {
    const configuration = JSON.parse(json) as Configuration;
    change(configuration);
    return JSON.stringify(configuration);
  };
}
