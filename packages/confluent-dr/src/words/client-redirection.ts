import { commandFor, type CommandPlace, inCloudOf } from '../deployment/deployment';
import { type DesiredAccess } from '../execute/toggle-proof';
import { type DocumentOf } from '../report/output-schema/documents';
import { commandText, indented, wrapped } from './layout';
import { impossibleInWords, proofFindingInWords } from './proof';
import { type Look } from './text-style';

type Redirection = NonNullable<DocumentOf<'failover'>['proxy']>;

/** Whom the proxy lets clients in to now, and what is left to do. */
export function redirectionText(
  redirection: Redirection,
  deployment: CommandPlace,
  look: Look,
  again: readonly string[],
): string {
  const { paint, width } = look;
  const good =
    redirection.result === 'redirected' || redirection.result === 'already' || redirection.result === 'would-redirect';
  const sentence = paint(good ? 'green' : 'yellow', wrapped(redirectionInWords(redirection), width));
  return [
    paint('bold', 'Proxy'),
    sentence,
    ...redirectionReasons(redirection).map((reason) => indented(wrapped(reason, width - 2))),
    ...commandsOf(redirection, deployment, again).map((command) => commandText(command, look)),
  ].join('\n');
}

export function redirectionInWords({ from, to, result, command, exitCode, problem }: Redirection): string {
  switch (result) {
    case 'redirected':
      return `The proxy lets clients in to the ${to} alone. Keep that in terraform.tfvars, or the next deployment takes it back.`;
    case 'already':
      return `The proxy lets clients in to the ${to} alone, as before.`;
    case 'would-redirect':
      return `Then the proxy would let clients in to the ${to} in place of the ${from}:`;
    case 'held-back':
      return `The proxy still lets clients in to the ${from} alone: not every topic is served by the ${to}.`;
    case 'left':
      return `The proxy was left alone: it still lets clients in to the ${from}, and keeps them from the ${to}.`;
    case 'by-hand':
      return command === undefined
        ? `The proxy still lets clients in to the ${from} alone. Say where it is deployed that the ${to} is active (cc_active in the default app), and deploy.`
        : `The proxy still lets clients in to the ${from} alone. Let them in to the ${to} where it is deployed from:`;
    case 'failed':
      return `The command that lets clients in to the ${to} ${endOf(exitCode, problem)}. The mirrors have turned; run the same command again.`;
    case 'not-proven':
      return `The command that lets clients in to the ${to} succeeded, and it is not proven that it had its effect:`;
  }
}

function endOf(exitCode?: number, problem?: string): string {
  return problem !== undefined
    ? `could not be run: ${problem.replace(/\.$/, '')}`
    : exitCode === undefined
      ? 'was ended by a signal'
      : `failed with exit code ${exitCode}`;
}

/** What was seen through the proxy, where that is not what it should be. */
export function redirectionReasons({ result, to, proof }: Redirection): string[] {
  if (result !== 'not-proven' || proof === undefined) {
    return [];
  }
  const reported = proof.findings.find((finding) => finding.code === 'reported');
  const wished: DesiredAccess = { active: to, blocked: reported !== undefined && reported.told !== 'none' };
  const findings = proof.findings.map((finding) => proofFindingInWords(finding, wished));
  return proof.kind === 'impossible' && proof.because !== undefined
    ? [
        `Nobody can see it from here: ${impossibleInWords({ ...proof, kind: 'impossible', because: proof.because })}; --no-proof is content with that.`,
        ...findings,
      ]
    : findings;
}

function commandsOf({ result, command }: Redirection, deployment: CommandPlace, again: readonly string[]): string[] {
  switch (result) {
    case 'would-redirect':
    case 'by-hand':
      return command === undefined ? [] : [inCloudOf(deployment, command)];
    case 'left':
    case 'failed':
      return [commandFor(deployment, again)];
    case 'not-proven':
      return [commandFor(deployment, ['check', '--through-proxy'])];
    case 'held-back':
      return [commandFor(deployment, ['status'])];
    case 'redirected':
    case 'already':
      return [];
  }
}
