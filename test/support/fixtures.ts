import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { type Construct } from 'constructs';
import {
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  type ConfluentClusterPairProps,
  NginxFailoverProxy,
  type NginxFailoverProxyProps,
  ProxiedCluster,
  ProxyAdmin,
} from '../../lib';

export const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE3ample';

/** Two clusters in two environments. */
export function addPair(scope: Construct, props: Partial<ConfluentClusterPairProps> = {}): ConfluentClusterPair {
  new ConfluentCloudProvider(scope, 'Confluent');
  return new ConfluentClusterPair(scope, 'Pair', {
    serviceAccountId: 'sa-abc123',
    primary: { environmentId: 'env-a', cluster: ClusterSource.existing('lkc-aaaaa') },
    secondary: { environmentId: 'env-b', cluster: ClusterSource.existing('lkc-bbbbb') },
    ...props,
  });
}

export const PRIMARY = ProxiedCluster.fromEndpoints('primary', {
  bootstrapEndpoint: 'SASL_SSL://pkc-11111.westeurope.azure.confluent.cloud:9092',
  schemaRegistryEndpoint: 'https://psrc-1.westeurope.azure.confluent.cloud',
});

export const SECONDARY = ProxiedCluster.fromEndpoints('secondary', {
  bootstrapEndpoint: 'SASL_SSL://pkc-22222.northeurope.azure.confluent.cloud:9092',
  schemaRegistryEndpoint: 'https://psrc-2.northeurope.azure.confluent.cloud',
});

/** A proxy in front of clusters that are known by their names alone. */
export function addProxy(scope: Construct, props: Partial<NginxFailoverProxyProps> = {}): NginxFailoverProxy {
  new AzurermProvider(scope, 'Azure', { features: [{}], subscriptionId: '00000000-0000-0000-0000-000000000000' });
  return new NginxFailoverProxy(scope, 'Proxy', {
    clusters: [PRIMARY, SECONDARY],
    location: 'westeurope',
    clientCidrs: ['203.0.113.7/32'],
    admin: ProxyAdmin.sshKey('operator', PUBLIC_KEY),
    ...props,
  });
}
