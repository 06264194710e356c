import { READY_RULES, type ReadyRule } from '../../lib/ready-rules';

/** The rules of `confluent-dr ready`. */
export const readyRulesTable = (): string =>
  [
    '# The rules of `confluent-dr ready`',
    '',
    'Made by `npm run docs`; a test holds it to the rules. The ids are stable. A rule that cannot be judged is `unknown`, and',
    'no pair is ready with one; one about what a deployment does not have, a proxy or schema exporters, is `not-applicable`.',
    '',
    'What the code shows already is said at synth, as an annotation of the construct that begins with the same id: a warning',
    'unless another kind is named. Values that only Terraform knows are not judged there.',
    '',
    '| Rule | What has to be so | Also at synth |',
    '| --- | --- | --- |',
    ...Object.values<ReadyRule>(READY_RULES).map(({ id, title, atSynth = '–' }) => `| ${id} | ${title} | ${atSynth} |`),
    '',
  ].join('\n');
