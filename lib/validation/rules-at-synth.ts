import { Annotations, Aspects } from 'cdktf';
import { type Construct, type IConstruct } from 'constructs';
import { warnAtSynth } from './problems';

/** A rule of `confluent-dr ready`, as far as the code shows already what it would find in a deployment. */
export interface RuleAtSynth {
  /** That of the rule: the annotation begins with it. */
  readonly id: `DR${string}`;
  /** What the annotation says. */
  readonly atSynth: string;
}

/** The tool, which has all rules, is another package; a test holds the two to each other. */
export const RULES_AT_SYNTH = {
  unmirroredTopics: {
    id: 'DR001',
    atSynth: 'a topic of the stack, or one that `RunbookOutput` names, that the link does not mirror',
  },
  acls: { id: 'DR005', atSynth: 'a mirrored topic that no pattern of `linkTopics` takes in' },
  groupFilters: { id: 'DR006', atSynth: 'no offset sync, or a granted group that its filters leave out' },
  exporters: {
    id: 'DR008',
    atSynth: 'an exporter that `RunbookOutput` is not told; as information, that there is none',
  },
  proxyHosts: {
    id: 'DR009',
    atSynth: 'as an error, missing patterns of brokers; a proxy that `RunbookOutput` is not told',
  },
  proxyState: { id: 'DR010', atSynth: 'a proxy whose report is no output `proxy_report`' },
  terraformDestroy: {
    id: 'DR013',
    atSynth: 'topics or new clusters without deletion protection, which a destroy deletes after a failover, too',
  },
} as const satisfies Record<string, RuleAtSynth>;

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
