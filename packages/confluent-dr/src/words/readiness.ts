import { commandFor, type CommandPlace } from '../deployment/deployment';
import { type RuleFinding } from '../report/ready/rules';
import { type NextStep } from '../report/status/next-step';
import { indented, wrapped } from './layout';
import { reasonInWords } from './ready';
import { type Look } from './text-style';

const MOST_REASONS = 3;
const STYLE = { met: 'green', broken: 'red', unknown: 'yellow', 'not-applicable': 'dim' } as const;
const SHOWN = { met: 'met', broken: 'broken', unknown: 'unknown', 'not-applicable': '–' } as const;
const VERDICT_WIDTH = 7;

/** Every rule with its verdict, how many are not met and why, and the command to run next where there is one. */
export function readyText(
  findings: readonly RuleFinding[],
  next: NextStep | undefined,
  deployment: CommandPlace,
  look: Look,
): string {
  return [
    ...findings.map((finding) => findingText(finding, look)),
    '',
    wrapped(summary(findings), look.width),
    ...(next ? [look.paint('cyan', `Next: ${commandFor(deployment, next.command)}`)] : []),
  ].join('\n');
}

function findingText({ id, title, verdict, reasons }: RuleFinding, { width, paint }: Look): string {
  const head = `${SHOWN[verdict].padEnd(VERDICT_WIDTH)}  ${id}  `;
  const line = wrapped(title, width - head.length, ' '.repeat(head.length));
  const hidden = reasons.length - MOST_REASONS;
  const what = [
    ...reasons.slice(0, MOST_REASONS).map(reasonInWords),
    ...(hidden > 0 ? [`and ${hidden} more: --json`] : []),
  ].map((text) => indented(wrapped(text, width - 4), '    '));
  return [`${paint(STYLE[verdict], head)}${line}`, ...what].join('\n');
}

function summary(findings: readonly RuleFinding[]): string {
  const count = (wanted: RuleFinding['verdict']): number => findings.filter(({ verdict }) => verdict === wanted).length;
  const [broken, unknown] = [count('broken'), count('unknown')];
  const parts = [
    ...(broken > 0 ? [`${broken} ${broken === 1 ? 'is' : 'are'} broken`] : []),
    ...(unknown > 0 ? [`${unknown} cannot be judged`] : []),
  ];
  return parts.length === 0 ? 'Ready.' : `Not ready: of ${findings.length} rules ${parts.join(', ')}.`;
}
