import { ROLES } from '../../../src/observe/pair-observation';
import { type Said, said } from '../../report/status/support/command';
import { type DeployedLab } from '../../support/deployed-lab';

/** A text with names for what differs from run to run: ids, hosts, files, and how long it took. */
export function named(lab: DeployedLab, text: string): string {
  let told = text;
  for (const role of ROLES) {
    const { clusterId, bootstrapEndpoint, restEndpoint } = lab.member(role);
    told = told
      .replaceAll(clusterId, `lkc-${role}`)
      .replaceAll(bootstrapEndpoint.replace(/^.*:\/\//, ''), `${role}:9092`)
      .replaceAll(restEndpoint, `http://${role}`);
  }
  return told
    .replaceAll(/(\/[\w-]+)+\/file(-[\dTZ-]+\.json)?/g, 'FILE')
    .replaceAll(/lab exec --folder \S+ /g, 'lab exec ')
    .replaceAll(lab.serviceAccountId, 'sa-account')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replaceAll(/ in \d+ s/g, ' in N s')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}

/** Waits for the nth operation in earnest that a member is asked for, and presses Ctrl-C then. */
export async function interruptedAtOperation(
  lab: DeployedLab,
  role: 'primary' | 'secondary',
  run: () => Promise<Said>,
): Promise<Said> {
  let isOver = false;
  const running = run().finally(() => (isOver = true));
  while (!isOver && !lab.callsOf(role, 'POST', '/mirrors:').some(({ path }) => !path.includes('validate_only=true'))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  if (!isOver) {
    process.emit('SIGINT');
  }
  return running;
}

/** How a command ended: its exit code, and what it said last. */
export async function ended(lab: DeployedLab, ...words: string[]): Promise<string> {
  return endingOf(lab, await said(...words));
}

export const endingOf = (lab: DeployedLab, { code, stdout, stderr }: Said): string =>
  named(lab, `exit code ${code}\n${stdout === '' ? stderr : stdout}`);
