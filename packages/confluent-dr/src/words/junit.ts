import { type RuleFinding } from '../report/ready/rules';
import { reasonInWords } from './ready';

/** What XML has its own meaning for, and control characters, which it has no way to write. */
export const escaped = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const TAG = { met: undefined, broken: 'failure', unknown: 'error', 'not-applicable': 'skipped' } as const;
const NAME = 'confluent-dr.ready';

/** When and how long was looked. */
export interface Judging {
  readonly at: Date;
  readonly seconds: number;
}

/**
 * The findings as JUnit's XML: a broken rule is a failure, one that could not be judged an error, one that does not apply is
 * skipped. The form is that of the schema of Jenkins' xUnit plugin for JUnit.
 */
export function junitReport(findings: readonly RuleFinding[], { at, seconds }: Judging): string {
  const count = (wanted: RuleFinding['verdict']): number => findings.filter(({ verdict }) => verdict === wanted).length;
  const time = seconds.toFixed(3);
  const cases = findings.map(({ id, title, verdict, reasons }) => {
    const start = `    <testcase classname="${NAME}" name="${escaped(`${id} ${title}`)}" time="0"`;
    const tag = TAG[verdict];
    const message = escaped(reasons.map(reasonInWords).join('; '));
    // A type that never changes is what a report groups by.
    const type = verdict === 'not-applicable' ? '' : ` type="${reasons[0]?.code ?? verdict}"`;
    return tag === undefined ? `${start}/>` : `${start}><${tag}${type} message="${message}"/></testcase>`;
  });
  const numbers = `tests="${findings.length}" failures="${count('broken')}" errors="${count('unknown')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${NAME}" ${numbers} time="${time}">`,
    `  <testsuite name="${NAME}" ${numbers} skipped="${count('not-applicable')}" time="${time}" timestamp="${at.toISOString().slice(0, 19)}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
