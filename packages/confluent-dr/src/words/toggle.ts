import { commandFor, type CommandPlace } from '../deployment/deployment';
import { type Proof, type DesiredAccess } from '../execute/toggle-proof';
import { commandText, indented, wrapped } from './layout';
import { impossibleInWords, proofFindingInWords } from './proof';
import { type Look } from './text-style';

/**
 * How a toggle went whose command succeeded.
 *
 * @param deployment what the proof was about; not known where there is none
 * @param again the words that ask for the same again
 */
export function toggleText(
  wished: DesiredAccess,
  proof: Proof | undefined,
  deployment: CommandPlace | undefined,
  look: Look,
  again: readonly string[] = [wished.blocked ? 'block' : 'unblock'],
): string {
  const { blocked } = wished;
  const { paint, width } = look;
  const findings =
    proof?.findings.map((finding) => indented(wrapped(proofFindingInWords(finding, wished), width - 2))) ?? [];
  const done = blocked ? 'The primary is blocked.' : 'The primary is not blocked.';
  switch (proof?.kind) {
    case undefined:
      return `The command succeeded: ${blocked ? 'the primary is to be blocked' : 'the block is to be lifted'}. Nothing was proven.`;
    case 'proven':
      return [paint('green', done), ...findings].join('\n');
    case 'contradicted':
      return [
        paint('red', wrapped('The command succeeded, and it is not as it should be:', width)),
        ...findings,
        wrapped('→ Run the same command again; then look at the proxy:', width, '  '),
        ...(deployment
          ? [again, ['check', '--through-proxy']].map((words) => commandText(commandFor(deployment, words), look))
          : []),
      ].join('\n');
    case 'impossible':
      return [
        paint('yellow', wrapped(`The command succeeded. A proof is not possible: ${impossibleInWords(proof)}.`, width)),
        ...findings,
        wrapped('With --no-proof this is enough.', width),
      ].join('\n');
  }
}

/** How a toggle ended whose command did not succeed, or that was interrupted before its effect was seen. */
export function endedText(
  exitCode: number | undefined,
  deployment: CommandPlace | undefined,
  again: readonly string[],
  look: Look,
): string {
  const how = exitCode === undefined ? 'was ended by a signal' : `failed with exit code ${exitCode}`;
  const says =
    exitCode === 0
      ? 'Interrupted: the command succeeded, and nobody looked whether it had its effect. The same command, run again, does.'
      : `The command ${how}. What the proxy does now is not certain; the same command, run again, does what is missing.`;
  return [wrapped(says, look.width), ...(deployment ? [commandText(commandFor(deployment, again), look)] : [])].join(
    '\n',
  );
}
