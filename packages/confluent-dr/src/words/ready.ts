import { commandFor, type CommandPlace } from '../deployment/deployment';
import { TERRAFORM_CODES, type TerraformCode } from '../plan/terraform-outlook';
import { type OwnReasonCode, type Reason, type RuleFinding } from '../report/ready/rules';
import { type ConcernCode } from '../report/status/concerns';
import { type NextStep } from '../report/status/next-step';
import { topicsInWords } from './advice';
import { concernInWords } from './concerns';
import { indented, wrapped } from './layout';
import { terraformInWords } from './terraform';
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

const MOST_NAMES = 5;

function some(names: readonly string[] = []): string {
  return `${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : ''}`;
}

const OWN_WORDS: Readonly<Record<OwnReasonCode, (reason: Reason) => string>> = {
  'in-lab': () => 'not all hosts of a lab go through a proxy',
  'no-proxy': () => 'the deployment names no proxy',
  'no-exporters': () => 'the deployment names no schema exporter',
  'member-silent': ({ on }) => `the ${on} does not tell`,
  'key-refused': ({ on, told }) => `the ${on} refuses its key: ${told}`,
  'not-active': ({ names = [] }) => topicsInWords(names),
  'groups-unknown': () => 'groups, or the filters of the link, are not told',
  'groups-left-out': ({ names }) => some(names),
  'host-wrong': ({ names }) => some(names),
  'host-not-tried': ({ names }) => `not tried: ${some(names)}`,
  'proxy-not-seen': () => 'the proxy has not reported, or nothing was seen that would tell',
  'proxy-disagrees': ({ on, told = '' }) => {
    const [wished, seen] = told.split(', ');
    return `${on}: told ${wished}, and is ${seen}`;
  },
  'standby-blocked': ({ on, told }) => `the proxy blocks clients of the ${on} (${told}), which could not move there`,
  'control-plane-fails': ({ told = '' }) => told,
  'control-plane-not-asked': () => 'a lab tells its control plane by its environment alone: lab env, or lab exec',
  'switch-over-refused': ({ told = '' }) => `its plan is refused: ${told}`,
  'operation-objected': ({ on, names = [], told }) =>
    `the ${on} would refuse it for ${topicsInWords(names)}${told === undefined ? '' : `: ${told}`}`,
  'switch-over-not-asked': () => 'which member serves is not certain, so that nothing was asked',
};

const isOwn = (code: Reason['code']): code is OwnReasonCode => code in OWN_WORDS;
const isTerraform = (code: Reason['code']): code is TerraformCode => TERRAFORM_CODES.some((own) => own === code);

/** Why a rule is not met, or does not apply. */
export function reasonInWords(reason: Reason): string {
  const { code, on, names: topics = [], told, records } = reason;
  if (isOwn(code)) {
    return OWN_WORDS[code](reason);
  }
  if (isTerraform(code)) {
    return terraformInWords({ code, on, topics, told }).cause;
  }
  return concernInWords({ code: code satisfies ConcernCode, on, topics, told, records });
}
