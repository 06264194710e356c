/** A rule of `confluent-dr ready`. */
export interface ReadyRule {
  /** Stable: for scripts, reports, and annotations at synth. */
  readonly id: `DR${string}`;
  /** What has to be so. */
  readonly title: string;
  /** What an annotation says of it at synth already. @default - only a deployment shows it */
  readonly atSynth?: string;
}

/** All rules. They stand apart from the tool, so that a construct can name one without it. */
export const READY_RULES = {
  unmirroredTopics: {
    id: 'DR001',
    title: 'Every topic has a mirror or was said to be left out',
    atSynth: 'a topic of the stack, or one that `RunbookOutput` names, that the link does not mirror',
  },
  linkTasks: { id: 'DR002', title: 'No task of the link is in error, and the link works' },
  mirrorsActive: { id: 'DR003', title: 'Every mirror is ACTIVE' },
  lag: { id: 'DR004', title: 'Mirrors are no further behind than the target' },
  acls: {
    id: 'DR005',
    title: 'Every ACL that a reversal needs is there',
    atSynth: 'a mirrored topic that no pattern of `linkTopics` takes in',
  },
  groupFilters: {
    id: 'DR006',
    title: 'The offsets of every group in use are synced',
    atSynth: 'no offset sync, or a granted group that its filters leave out',
  },
  keys: { id: 'DR007', title: 'Both clusters take their API keys' },
  exporters: {
    id: 'DR008',
    title: 'Every schema exporter runs',
    atSynth: 'an exporter that `RunbookOutput` is not told; as information, that there is none',
  },
  proxyHosts: {
    id: 'DR009',
    title: 'The proxy leads every host of both clusters to the right place',
    atSynth: 'as an error, missing patterns of brokers; a proxy that `RunbookOutput` is not told',
  },
  proxyState: {
    id: 'DR010',
    title: 'The proxy does what it was told',
    atSynth: 'a proxy whose report is no output `proxy_report`',
  },
  controlPlane: { id: 'DR011', title: 'The control plane answers, which a block needs' },
  terraformPlan: { id: 'DR012', title: 'Nothing is in the way of the next terraform plan' },
  terraformDestroy: {
    id: 'DR013',
    title: 'A terraform destroy would delete copies alone',
    atSynth: 'topics or new clusters without deletion protection, which a destroy deletes after a failover, too',
  },
  switchOver: { id: 'DR014', title: 'The service would do a planned switch-over of every topic now' },
} as const satisfies Record<string, ReadyRule>;
