/**
 * Lets Terraform, which runs for a second or two, collect its garbage hardly ever, unless the environment says how often: a fifth of a
 * plan's CPU time is that. Whatever the tests start has it in its environment.
 */
export function collectRarely(): void {
  process.env.GOGC ??= '800';
}
