import { type CloudState } from './state';

/** What brokers know of the cloud that they belong to. */
export interface BrokersCloud {
  readonly url: string;
  /** Changes or reads the model at the present time. */
  change<T>(command: (state: CloudState) => T): T;
}

/** The brokers of a cloud's clusters. */
export interface Brokers {
  /** Called once, when the cloud answers. */
  attach(cloud: BrokersCloud): void;
  /** Resolves once what the model holds is so on the brokers: clusters, topics, ACLs, what links copy. */
  follow(): Promise<void>;
  /** Resolves once the model holds what the brokers know at this moment: where logs end, what groups have consumed. */
  look(): Promise<void>;
  /** Writes records, and tells where each partition ends. */
  produce(clusterId: string, topic: string, count: number, partition?: number): Promise<number[]>;
}
