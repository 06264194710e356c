import { Annotations, Aspects } from 'cdktf';
import { type Construct, type IConstruct } from 'constructs';
import { type RuleAtSynth } from './rules-at-synth';
import { warnAtSynth } from './problems';

/**
 * Lets a construct warn at synth of what `confluent-dr ready` would find once it is deployed.
 *
 * @param judge the sentences of the warnings; they may not judge what only Terraform knows
 */
export function warnOfRule(construct: Construct, { id }: RuleAtSynth, judge: () => readonly string[]): void {
  warnAtSynth(construct, () => judge().map((text) => `${id}: ${text}`));
}

/** The same for what may be as it should. */
export function informOfRule(construct: Construct, { id }: RuleAtSynth, judge: () => readonly string[]): void {
  Aspects.of(construct).add({
    visit: (node: IConstruct) => {
      if (node === construct) {
        judge().forEach((text) => Annotations.of(construct).addInfo(`${id}: ${text}`));
      }
    },
  });
}
