import { type IConfluentClusterPair } from '../cluster/cluster-pair';
import { type IBidirectionalClusterLink } from '../link/bidirectional-cluster-link';
import { type INginxFailoverProxy } from '../proxy/nginx-failover-proxy';

/** What `confluent-dr` is to know of a stack. */
export interface RunbookOutputProps {
  /** The clusters. */
  readonly pair: IConfluentClusterPair;
  /** The link between them, of this pair and no other. */
  readonly link: IBidirectionalClusterLink;
  /**
   * Names of the topics that are mirrored, as they are on the primary.
   *
   * @default - `confluent-dr` takes those that it finds mirrored
   */
  readonly topics?: string[];
  /**
   * Topics that need no mirror, so that `confluent-dr status` and `ready` do not miss one: names, or beginnings of names
   * that end in `*`.
   *
   * @default - every topic that nothing mirrors is told of
   */
  readonly leaveOut?: string[];
  /** How long a mirror may be behind its source before that needs a look; seconds, 1 to 86400. @default - 30 */
  readonly maxLagSeconds?: number;
  /** How many records all mirrors together may be behind before that needs a look; 0 or more. @default - 1000 */
  readonly maxLagRecords?: number;
  /**
   * The topic that `confluent-dr canary` may write its numbered records to, by its name on the primary; a mirrored one that
   * nobody else uses.
   *
   * @default - it writes to none whose name does not say canary
   */
  readonly canaryTopic?: string;
  /** Name of the schema exporter on the primary's registry. @default - none, or it is not told */
  readonly primaryExporterName?: string;
  /** Name of the schema exporter on the secondary's registry. @default - none, or it is not told */
  readonly secondaryExporterName?: string;
  /** The proxy in front of the pair's members. @default - there is none, or its address is not told */
  readonly proxy?: INginxFailoverProxy;
}
