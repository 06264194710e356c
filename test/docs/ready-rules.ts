import { RULES_AT_SYNTH } from '../../lib/validation/rules-at-synth';
import { READY_RULES } from '../../packages/confluent-dr/src/report/ready/ready-rules';

const atSynth = new Map<string, string>(Object.values(RULES_AT_SYNTH).map((rule) => [rule.id, rule.atSynth]));

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
    ...Object.values(READY_RULES).map(({ id, title }) => `| ${id} | ${title} | ${atSynth.get(id) ?? '–'} |`),
    '',
  ].join('\n');
