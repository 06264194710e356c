import { addAcl, type KafkaCluster } from '../../../src/cloud/kafka/acls';
import { findKafkaCluster } from '../../../src/cloud/kafka/kafka-clusters';
import { recordNames } from '../../../src/cloud/kafka/log';
import { createTopic } from '../../../src/cloud/kafka/topics';
import { consume, produce } from '../../../src/cloud/kafka/traffic';
import { shownStatus } from '../../../src/cloud/linking/link-health';
import { createLink } from '../../../src/cloud/linking/links';
import { findSide, liveMirrorOf } from '../../../src/cloud/linking/lookup';
import { mirrorLags } from '../../../src/cloud/linking/mirror-lags';
import { operate, type OperationRow } from '../../../src/cloud/linking/mirror-operations';
import { createMirror } from '../../../src/cloud/linking/mirrors';
import { type LinkSide, type Mirror, type TransitionError } from '../../../src/cloud/linking/records';
import { transitionErrors } from '../../../src/cloud/linking/reversal';
import { createSample, type Sample, type SampleMember } from '../../../src/cloud/sample';
import { addFault, type CloudState, emptyCloud, type FaultSpec, removeFault } from '../../../src/cloud/state';
import { perform } from '../../../src/cloud/time/advance';
import { type Timing } from '../../../src/cloud/timing';
import { type MirrorOperation, type MirrorStatus } from '../../../src/cloud/vocabulary';

export const LINK = 'orders-dr';
export const TOPIC = 'orders';
export const START = Date.UTC(2030, 0, 1);

export type Side = 'primary' | 'secondary';

/** How long a transition takes in these tests, with what it has to fetch. */
export const STEP = 1_000;

const TIMING: Partial<Timing> = { mirrorTransitionMs: STEP, fetchMs: 100, linkUnavailableAfterMs: 300_000 };

/** For a link that waits for the other to connect: it has no keys. */
export const INBOUND = { 'connection.mode': 'INBOUND', 'sasl.jaas.config': '' };

/** Two clusters, a link each way, and `orders` with two partitions on the primary, mirrored on the secondary. */
export class ModelPair {
  public now = START;
  public readonly state: CloudState;
  public readonly sample: Sample;

  constructor(
    settings: Readonly<Record<string, string>> = {},
    timing: Partial<Timing> = {},
    /** Of the link on one side. */
    own: Partial<Record<Side, Readonly<Record<string, string>>>> = {},
  ) {
    this.state = emptyCloud('test', START, { ...TIMING, ...timing });
    this.sample = createSample(this.state);
    this.do(() => createTopic(this.state, this.cluster('primary'), { name: TOPIC, partitions: 2 }));
    this.allowReversal();
    this.link('secondary', { ...settings, ...own.secondary });
    this.link('primary', { ...settings, ...own.primary });
    this.do(() => createMirror(this.state, this.side('secondary'), { sourceTopicName: TOPIC }));
    this.wait(200);
  }

  public do<T>(command: (state: CloudState) => T): T {
    return perform(this.state, this.now, command);
  }

  public wait(milliseconds: number): void {
    this.now += milliseconds;
    this.do(() => undefined);
  }

  public member(side: Side): SampleMember {
    return this.sample[side];
  }

  public cluster(side: Side): KafkaCluster {
    return findKafkaCluster(this.state, this.member(side).clusterId);
  }

  public side(side: Side): LinkSide {
    return findSide(this.state, this.member(side).clusterId, LINK);
  }

  public link(side: Side, settings: Readonly<Record<string, string>> = {}): void {
    const remote = this.member(otherSide(side));
    this.do((state) => createLink(state, this.cluster(side), this.linkRequest(remote, settings)));
  }

  public linkRequest(
    remote: SampleMember,
    settings: Readonly<Record<string, string>> = {},
  ): Parameters<typeof createLink>[2] {
    const local = this.member(remote === this.member('primary') ? 'secondary' : 'primary');
    const all = {
      'link.mode': 'BIDIRECTIONAL',
      'bootstrap.servers': `SASL_SSL://${findKafkaCluster(this.state, remote.clusterId).bootstrapHost}:9092`,
      'sasl.jaas.config': jaasOf(remote),
      'local.sasl.jaas.config': jaasOf(local),
      ...settings,
    };
    return {
      name: LINK,
      remoteClusterId: remote.clusterId,
      settings: Object.entries(all).map(([name, value]) => ({ name, value })),
      validateLink: true,
    };
  }

  /** The ACLs that a reversal needs, on both clusters. */
  public allowReversal(): void {
    for (const cluster of [this.cluster('primary'), this.cluster('secondary')]) {
      for (const operation of ['READ', 'DESCRIBE_CONFIGS']) {
        this.do(() => addAcl(cluster, this.acl('TOPIC', TOPIC, operation)));
      }
      for (const operation of ['DESCRIBE', 'ALTER']) {
        this.do(() => addAcl(cluster, this.acl('CLUSTER', 'kafka-cluster', operation)));
      }
    }
  }

  public acl(resourceType: string, resourceName: string, operation: string): Parameters<typeof addAcl>[1] {
    const principal = `User:${this.sample.administratorId}`;
    return { resourceType, resourceName, patternType: 'LITERAL', principal, host: '*', operation, permission: 'ALLOW' };
  }

  public mirror(side: Side): Mirror | undefined {
    return this.side(side).mirrors.get(TOPIC);
  }

  /** The mirror's status as it is shown; undefined where the topic is no mirror and never was. */
  public status(side: Side): MirrorStatus | undefined {
    const mirror = this.mirror(side);
    return mirror && shownStatus(this.state, this.side(side), mirror);
  }

  public transitionErrors(side: Side): TransitionError[] {
    const mirror = this.mirror(side);
    return mirror ? transitionErrors(this.state, this.side(side), mirror) : [];
  }

  public lag(side: Side): number {
    const mirror = this.mirror(side);
    return mirror ? mirrorLags(this.state, this.side(side), mirror).reduce((sum, { lag }) => sum + lag, 0) : 0;
  }

  public isWritable(side: Side): boolean {
    return liveMirrorOf(this.state, this.member(side).clusterId, TOPIC) === undefined;
  }

  public produce(side: Side, count: number): void {
    this.do((state) => produce(state, this.cluster(side), TOPIC, count));
  }

  public consume(side: Side, group: string): void {
    this.do((state) => consume(state, this.cluster(side), TOPIC, group, 1_000));
  }

  /** All records of the topic by name, partition after partition. */
  public records(side: Side): string[] {
    const topic = this.cluster(side).topics.get(TOPIC);
    return (topic?.partitions ?? []).flatMap((log, partition) =>
      recordNames(log).map((name) => `${partition}:${name}`),
    );
  }

  public operate(side: Side, operation: MirrorOperation, validateOnly = false): OperationRow {
    return this.do((state) => operate(state, this.side(side), { operation, topicNames: [TOPIC], validateOnly }))[0];
  }

  public fault(spec: FaultSpec): () => void {
    const { id } = this.do((state) => addFault(state, spec));
    return () => this.do((state) => removeFault(state, id));
  }

  /** The data plane of one side goes away; the function that it gives brings it back. */
  public lose(side: Side): () => void {
    return this.fault({ kind: 'refused', target: this.member(side).clusterId });
  }
}

export function otherSide(side: Side): Side {
  return side === 'primary' ? 'secondary' : 'primary';
}

const jaasOf = ({ kafka }: SampleMember): string => `x required username="${kafka.key}" password="${kafka.secret}";`;
