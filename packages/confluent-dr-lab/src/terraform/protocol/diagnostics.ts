import { type Path } from '../schema/path';

/** What went wrong, in the words that Terraform prints. */
export interface Diagnostic {
  readonly summary: string;
  readonly detail?: string;
  readonly path?: Path;
}

/** An answer of the imitated cloud that ends an operation; `Error`s of any other kind are bugs and are told as such. */
export class ProviderError extends Error {
  public constructor(
    public readonly summary: string,
    public readonly detail = '',
  ) {
    super(detail ? `${summary}: ${detail}` : summary);
  }
}

export function diagnosticMessage({ summary, detail, path }: Diagnostic): object {
  return { severity: 'ERROR', summary, detail: detail ?? '', ...(path && { attribute: pathMessage(path) }) };
}

export function pathMessage(path: Path): object {
  return {
    steps: path.map((step) => (typeof step === 'number' ? { element_key_int: step } : { attribute_name: step })),
  };
}

export function diagnosticOf(error: unknown): Diagnostic {
  if (error instanceof ProviderError) {
    return { summary: error.summary, detail: error.detail };
  }
  const stack = error instanceof Error ? error.stack : String(error);
  return { summary: "The lab's provider has a bug", detail: stack ?? '' };
}
