import { type StreamGovernancePackage } from '../vocabulary';

export interface Environment {
  readonly id: string;
  readonly createdAt: number;
  displayName: string;
  streamGovernance?: StreamGovernancePackage;
}

export interface ServiceAccount {
  readonly id: string;
  readonly createdAt: number;
  readonly displayName: string;
  description: string;
}

export interface RoleBinding {
  readonly id: string;
  readonly createdAt: number;
  /** `User:sa-…` */
  readonly principal: string;
  readonly roleName: string;
  readonly crnPattern: string;
}

/** What a key opens: a Kafka cluster, a Schema Registry, or the control plane. */
export interface KeyResource {
  readonly id: string;
  /** A `Global` one is for every cluster, and of none. */
  readonly kind: 'Cluster' | 'SchemaRegistry' | 'Cloud' | 'Global';
}

export interface ApiKey {
  readonly id: string;
  readonly secret: string;
  readonly createdAt: number;
  /** `sa-…` or `u-…` */
  readonly ownerId: string;
  readonly resource: KeyResource;
  displayName: string;
  description: string;
}

export interface Credentials {
  readonly key: string;
  readonly secret: string;
}
