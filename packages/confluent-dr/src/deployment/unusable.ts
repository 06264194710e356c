import { type z } from 'zod';

/** What was given of a deployment cannot be used; the message tells what, and what to do. */
export class UnusableDeployment extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnusableDeployment';
  }
}

/** All that is wrong with the shape of what was read. Without values, which may be secrets. */
export function shapeProblems(source: string, { issues }: z.ZodError): UnusableDeployment {
  const lines = issues.map(({ path, message }) => `  - ${path.join('.') || 'the document'}: ${message}`);
  return new UnusableDeployment(`${source} has not the shape that is expected:\n${lines.join('\n')}`);
}
