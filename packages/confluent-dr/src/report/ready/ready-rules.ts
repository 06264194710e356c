/** A rule of `confluent-dr ready`. */
export interface ReadyRule {
  /** Stable: for scripts, reports, and the annotations that the constructs make at synth. */
  readonly id: `DR${string}`;
  /** What has to be so. */
  readonly title: string;
}

/** All rules. Those that code shows already have the same id in `lib/validation/rules-at-synth.ts`. */
export const READY_RULES = {
  unmirroredTopics: { id: 'DR001', title: 'Every topic has a mirror or was said to be left out' },
  linkTasks: { id: 'DR002', title: 'No task of the link is in error, and the link works' },
  mirrorsActive: { id: 'DR003', title: 'Every mirror is ACTIVE, and tells no error' },
  lag: { id: 'DR004', title: 'Mirrors are no further behind than the target' },
  acls: { id: 'DR005', title: 'Every ACL that a reversal needs is there' },
  groupFilters: { id: 'DR006', title: 'The offsets of every group in use are synced' },
  keys: { id: 'DR007', title: 'Both clusters take their API keys' },
  exporters: { id: 'DR008', title: 'Every schema exporter runs' },
  proxyHosts: { id: 'DR009', title: 'The proxy leads every host of both clusters to the right place' },
  proxyState: { id: 'DR010', title: 'The proxy does what it was told' },
  controlPlane: { id: 'DR011', title: 'The control plane answers, which a block needs' },
  terraformPlan: { id: 'DR012', title: 'Nothing is in the way of the next terraform plan' },
  terraformDestroy: { id: 'DR013', title: 'A terraform destroy would delete copies alone' },
  switchOver: { id: 'DR014', title: 'The service would do a planned switch-over of every topic now' },
  clientAccess: { id: 'DR015', title: 'The proxy lets clients in to the member that serves, and blocks neither' },
} as const satisfies Record<string, ReadyRule>;
