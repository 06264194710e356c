/** A dedicated network of Confluent Cloud, in which clusters can be private. */
export interface Network {
  readonly id: string;
  readonly environmentId: string;
  readonly createdAt: number;
  /** From then on it is READY. */
  readonly readyAt: number;
  displayName: string;
  readonly cloud: string;
  readonly region: string;
  readonly connectionTypes: readonly string[];
  readonly zones: readonly string[];
  /** A CIDR of its own for each zone, on AWS. */
  readonly zonesInfo?: readonly ZoneInfo[];
  readonly cidr?: string;
  readonly reservedCidr?: string;
  readonly dnsResolution?: string;
  /** The first label of its DNS domain, if it is for private links. */
  readonly domain?: string;
}

export interface ZoneInfo {
  readonly zoneId: string;
  readonly cidr: string;
}

export const CONNECTION_KINDS = ['peering', 'privateLinkAccess'] as const;
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

/** What joins a network to one of the customer's. */
export interface NetworkConnection {
  readonly id: string;
  readonly type: ConnectionKind;
  readonly environmentId: string;
  readonly networkId: string;
  readonly createdAt: number;
  readonly readyAt: number;
  displayName: string;
  /** The customer's side in its cloud's terms, `kind` telling which. */
  readonly cloud: CloudSide;
}

export interface CloudSide {
  readonly kind: string;
  readonly [field: string]: string | boolean | readonly string[];
}

export type NetworkPhase = 'PROVISIONING' | 'PENDING_ACCEPT' | 'READY';

/** The way to all enterprise clusters of an environment in one region. */
export interface PrivateLinkAttachment {
  readonly id: string;
  readonly environmentId: string;
  readonly createdAt: number;
  /** From then on it waits for connections. */
  readonly readyAt: number;
  displayName: string;
  readonly cloud: string;
  readonly region: string;
}

/** A private endpoint of the customer that is let in to an attachment. */
export interface AttachmentConnection {
  readonly id: string;
  readonly environmentId: string;
  readonly attachmentId: string;
  readonly createdAt: number;
  readonly readyAt: number;
  displayName: string;
  /** As Azure names it. */
  readonly privateEndpointId: string;
}

export type AttachmentPhase = 'PROVISIONING' | 'WAITING_FOR_CONNECTIONS' | 'READY';
