export { ActivePassiveStack } from './active-passive/active-passive-stack';
export { ClientPropertiesOutput, type ClientPropertiesOutputProps } from './active-passive/client-properties-output';
export { ProxyRunbookOutput, type ProxyRunbookOutputProps } from './active-passive/proxy-runbook-output';
export { RunbookOutput } from './active-passive/runbook-output';
export { type RunbookOutputProps } from './active-passive/runbook-output-props';
export { type AclEntry, AclOperation, AclResourceType } from './cluster/acl-entry';
export { type ApiCredentials } from './cluster/api-credentials';
export { ApiKeys } from './cluster/api-keys';
export { type ClusterEndpoints, ClusterHostNames } from './cluster/cluster-host-names';
export { type ClusterMemberProps, type IClusterMember } from './cluster/cluster-member';
export { type ClusterMemberResources } from './cluster/cluster-member-resources';
export {
  ClusterAvailability,
  type ClusterDecidedByVariableProps,
  ClusterSource,
  type DedicatedClusterProps,
  type EnterpriseClusterProps,
} from './cluster/cluster-source';
export { type IConfluentClusterPair } from './cluster/cluster-pair';
export { ConfluentCloudProvider, type ConfluentCloudProviderProps } from './cluster/confluent-cloud-provider';
export { ConfluentClusterPair, type ConfluentClusterPairProps } from './cluster/confluent-cluster-pair';
export { type IProxiedCluster, ProxiedCluster } from './cluster/proxied-cluster';
export { ServiceAccountRoles } from './cluster/service-account-roles';
export { TopicPattern } from './cluster/topic-pattern';
export { type AclFilterProps, AclSync, type AclSyncOptions } from './link/acl-sync';
export {
  BidirectionalClusterLink,
  type BidirectionalClusterLinkProps,
  type IBidirectionalClusterLink,
} from './link/bidirectional-cluster-link';
export { BidirectionalSchemaLink, type BidirectionalSchemaLinkProps } from './link/bidirectional-schema-link';
export { LinkConnection } from './link/link-connection';
export { LINK_SETTINGS } from './link/link-settings';
export { type MirroredTopic, type MirrorTopicProps } from './link/mirrored-topics';
export { GroupFilter, OffsetSync, type OffsetSyncOptions } from './link/offset-sync';
export { ExportContext, type SchemaExportProps } from './link/schema-export';
export { ConfluentNetwork, type ConfluentNetworkProps } from './network/confluent-network';
export { NetworkAccess, type NetworkPeeringProps } from './network/network-access';
export { PrivateLinkAttachment, type PrivateLinkAttachmentProps } from './network/private-link-attachment';
export { ClientAccess } from './proxy/client-access';
export { Duration } from './proxy/duration';
export { type InboundRuleNames } from './proxy/inbound-rules';
export { type INginxFailoverProxy, NginxFailoverProxy } from './proxy/nginx-failover-proxy';
export { type NginxFailoverProxyProps } from './proxy/nginx-failover-proxy-props';
export { Outage, OutageManner } from './proxy/outage';
export { type InternalAccessProps, ProxyAccess } from './proxy/proxy-access';
export { ProxyAdmin } from './proxy/proxy-admin';
export { type PrivateZonesProps, ProxyDns } from './proxy/proxy-dns';
export { ProxyIdentity } from './proxy/proxy-identity';
export { type ProxyImage } from './proxy/proxy-machine';
export { type ExistingPublicIp } from './proxy/proxy-network';
export { type ProxyInstanceResources, type ProxyResources } from './proxy/proxy-resources';
export { type ProxyCapacity } from './proxy/rendering/proxy-plan';
export { SecurityRule, type SecurityRuleProps } from './proxy/security-rule';
