import { type Deployment } from '../deployment/deployment';
import { isSameBootstrap } from '../deployment/sources';
import { decideRedirection, type RedirectionDecision } from '../execute/client-redirection';
import { commandLine } from '../execute/toggle-command';
import { type Proof, type DesiredAccess } from '../execute/toggle-proof';
import { type PairObservation, type Role } from '../observe/pair-observation';
import { type DocumentOf } from '../report/output-schema/documents';
import { BadInput } from './exit';
import { proxySwitches } from './session';
import { switchCommand } from './toggle';
import { proofBy, toggled, type ToggleOptions } from './toggle-run';

/** What of the options of a command leads clients. */
export interface RedirectionOptions extends Omit<ToggleOptions, 'variable' | 'timeout'> {
  /** Whether the proxy is left alone. */
  readonly leaveProxy?: boolean;
}

/** What became of the clients of the proxy, as a document tells it. */
export type ClientRedirection = NonNullable<DocumentOf<'failover'>['proxy']>;

export interface RedirectionRun {
  readonly to: Role;
  readonly deployment: Deployment;
  /** @default - every topic will be served there, once it is carried out */
  readonly observation?: PairObservation;
  readonly options: RedirectionOptions;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/**
 * Makes the proxy let clients in to the member that is active now, and looks whether it does.
 *
 * @returns undefined where it lets them in to both members
 */
export async function redirectClients(run: RedirectionRun): Promise<ClientRedirection | undefined> {
  const { to, options, signal, onLine } = run;
  const decision = await decisionOf(run);
  const told = toldBefore(run, decision);
  if (told !== undefined || decision.kind !== 'switch') {
    return told;
  }
  const { from, values, wished } = decision;
  if (from === to && isProven(await quietProof(wished, run))) {
    return { from, to, result: 'already' };
  }
  try {
    const command = switchCommand(values, options);
    onLine(`Every topic is served by the ${to}. Now the proxy lets clients in to it, and to it alone.`);
    const { exitCode, proof } = await toggled({ wished, command, options: withoutLimit(options), signal, onLine });
    const ran = { from, to, command: commandLine(command), ...(exitCode !== undefined && { exitCode }) };
    const seen = proof && { proof };
    const isEnough = options.proof === false || isProven(proof);
    return { ...ran, ...seen, result: exitCode !== 0 ? 'failed' : isEnough ? 'redirected' : 'not-proven' };
  } catch (error) {
    // The mirrors have turned; what became of them is told whatever hinders the proxy.
    return { from, to, result: 'failed', problem: (error as Error).message };
  }
}

/** What a run would do, without doing it. */
export async function foreseenRedirection(
  run: Omit<RedirectionRun, 'signal' | 'onLine'>,
): Promise<ClientRedirection | undefined> {
  const decision = await decisionOf(run);
  const told = toldBefore(run, decision);
  return told ?? (decision.kind === 'switch' ? wouldRedirect(run, decision) : undefined);
}

function wouldRedirect(
  { to, options }: Pick<RedirectionRun, 'to' | 'options'>,
  { from, values }: Extract<RedirectionDecision, { kind: 'switch' }>,
): ClientRedirection {
  return from === to
    ? { from, to, result: 'already' }
    : { from, to, result: 'would-redirect', command: commandLine(switchCommand(values, options)) };
}

/** Whether it came to what it should. */
export const isRedirected = (redirection: ClientRedirection | undefined): boolean =>
  redirection === undefined || !['by-hand', 'failed', 'not-proven'].includes(redirection.result);

const isProven = (proof?: Proof): boolean => proof?.kind === 'proven';

async function decisionOf({
  to,
  deployment,
  observation,
  options,
}: Pick<RedirectionRun, 'to' | 'deployment' | 'observation' | 'options'>): Promise<RedirectionDecision> {
  if (deployment.access === undefined) {
    return { kind: 'none' };
  }
  const { primary, ...applied } = await proxySwitches(options);
  const { clusterId, bootstrapEndpoint } = deployment.members.primary;
  // A proxy in a stack of its own knows its clusters by their hosts alone.
  const isOwn =
    primary?.clusterId !== undefined
      ? primary.clusterId === clusterId
      : primary?.bootstrapEndpoint !== undefined && isSameBootstrap(primary.bootstrapEndpoint, bootstrapEndpoint);
  return decideRedirection(to, { access: deployment.access, observation, ...(isOwn && { applied }) });
}

/** What needs no command to be run, or none that this tool runs. */
function toldBefore(
  { to, options }: Pick<RedirectionRun, 'to' | 'options'>,
  decision: RedirectionDecision,
): ClientRedirection | undefined {
  if (decision.kind === 'none') {
    return undefined;
  }
  const { from } = decision;
  if (options.leaveProxy === true && from !== to) {
    return { from, to, result: 'left' };
  }
  if (decision.kind !== 'switch') {
    return { from, to, result: decision.kind };
  }
  if (options.with !== 'print') {
    return undefined;
  }
  return from === to
    ? { from, to, result: 'already' }
    : { from, to, result: 'by-hand', command: commandLine(switchCommand(decision.values, options)) };
}

/** Where nobody can look, nothing is proven. */
async function quietProof(wished: DesiredAccess, { options, signal }: RedirectionRun): Promise<Proof | undefined> {
  if (options.proof === false) {
    return undefined;
  }
  try {
    return (await proofBy(wished, { ...withoutLimit(options), timeout: 0 }, signal)).proof;
  } catch (error) {
    if (error instanceof BadInput) {
      return undefined;
    }
    throw error;
  }
}

/** The time limit of a failover is none of a proof. */
const withoutLimit = (options: RedirectionOptions): Omit<ToggleOptions, 'variable'> => ({
  ...options,
  timeout: undefined,
});
