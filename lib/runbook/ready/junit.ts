import { type RuleFinding } from '.';

/** What XML has its own meaning for, and control characters, which it has no way to write. */
const escaped = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[\n\r\t]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const TAG = { met: undefined, broken: 'failure', unknown: 'error', 'not-applicable': 'skipped' } as const;

/** The findings as JUnit's XML: a broken rule is a failure, one that could not be judged an error, one that does not apply is skipped. */
export function junitReport(findings: readonly RuleFinding[]): string {
  const count = (wanted: RuleFinding['verdict']): number => findings.filter(({ verdict }) => verdict === wanted).length;
  const cases = findings.map(({ id, title, verdict, told }) => {
    const name = `    <testcase classname="confluent-dr.ready" name="${escaped(`${id} ${title}`)}"`;
    const tag = TAG[verdict];
    return tag === undefined ? `${name}/>` : `${name}><${tag} message="${escaped(told.join('; '))}"/></testcase>`;
  });
  const numbers = `tests="${findings.length}" failures="${count('broken')}" errors="${count('unknown')}"`;
  const skipped = `skipped="${count('not-applicable')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${numbers}>`,
    `  <testsuite name="confluent-dr ready" ${numbers} ${skipped}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}
