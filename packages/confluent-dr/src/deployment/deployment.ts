import { type Credentials } from '../client/secrets';
import { type Role } from '../pair/role';
import { type Workplace } from './command-for';
import { type OriginatedValue } from './originated-value';

/** A Schema Registry of a member. */
export interface DeployedRegistry {
  /** `lsrc-…` */
  readonly id?: string;
  /** `https://psrc-….confluent.cloud` */
  readonly endpoint: string;
  readonly credentials: Credentials;
  /** Names of the exporters that the deployment made there; empty if it is not known of any. */
  readonly exporterNames: readonly string[];
}

/** One member, as it was deployed. */
export interface DeployedMember {
  readonly role: Role;
  /** `env-…` */
  readonly environmentId?: string;
  /** `lkc-…` */
  readonly clusterId: string;
  /** Azure region. */
  readonly region?: string;
  /** Origin of Kafka REST: `https://pkc-….confluent.cloud:443`; http on loopback alone. */
  readonly restEndpoint: string;
  /** `pkc-….confluent.cloud:9092`, without a scheme. */
  readonly bootstrapEndpoint: string;
  /** Regular expressions of the brokers' names. @default - they follow from the bootstrap host, or are not known */
  readonly brokerHostPatterns?: readonly string[];
  readonly kafkaCredentials: Credentials;
  /** `User:sa-…`: whom the keys belong to. */
  readonly principal?: string;
  /** @default - Schema Registry is not known, and left alone */
  readonly schemaRegistry?: DeployedRegistry;
}

/** A pair that was deployed: all that the run book needs to know of it, and where that came from. */
export interface Deployment {
  readonly members: Readonly<Record<Role, DeployedMember>>;
  /** The name that both ends of the link bear. */
  readonly linkName: string;
  /** Topics that the pair should have, by their names on the primary; empty if it is not known of any. */
  readonly topics: readonly string[];
  /** Topics that need no mirror; `test-*` for all that begin so. */
  readonly leaveOut?: readonly string[];
  /** How long a mirror may be behind: `30s`, `5m`. @default - the command's own */
  readonly maxLag?: string;
  /** How many records an unplanned failover may lose. @default - the command's own */
  readonly maxLagRecords?: string;
  /** The topic that `canary` may write to, by its name on the primary. @default - none but those that are called so */
  readonly canaryTopic?: string;
  /** IP address of the failover proxy. @default - there is no proxy, or it is not known */
  readonly proxyAddress?: string;
  /** The control plane. @default - it is not asked, as of a lab whose control plane is not told */
  readonly cloud?: DeployedCloud;
  /** From where it is worked with. @default - not known */
  readonly workplace?: Workplace;
  /** Each value that is known, with its origin. */
  readonly values: readonly OriginatedValue[];
}

/** How to ask the control plane. */
export interface DeployedCloud {
  /** @default - it is only asked whether it is there */
  readonly credentials?: Credentials;
  /** @default - Confluent Cloud's */
  readonly url?: string;
}
