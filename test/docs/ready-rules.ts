import { RULES } from '../../lib/runbook/ready';

/** The rules of `confluent-dr ready`. */
export const readyRulesTable = (): string =>
  [
    '# The rules of `confluent-dr ready`',
    '',
    'Made by `npm run docs`; a test holds it to the rules. The ids are stable. A rule that cannot be judged is `unknown`, and',
    'no pair is ready with one; one about what a deployment does not have, as a lab has no proxy, is `not-applicable`.',
    '',
    '| Rule | What has to be so |',
    '| --- | --- |',
    ...RULES.map(({ id, title }) => `| ${id} | ${title} |`),
    '',
  ].join('\n');
