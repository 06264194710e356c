import { type CloudState } from '../state';
import { networkPhase } from './networks';
import { type Network } from './records';

/** The provider does without `cloud` while the network is PROVISIONING, and crashes without it once it is READY. */
export function networkStatus(state: CloudState, network: Network): object {
  const phase = networkPhase(state, network);
  const used = [...state.networkConnections.values()].filter(({ networkId }) => networkId === network.id);
  const active = new Set(used.map(({ type }) => (type === 'peering' ? 'PEERING' : 'PRIVATELINK')));
  return {
    phase,
    supported_connection_types: network.connectionTypes,
    active_connection_types: [...active],
    ...(phase === 'READY' && { ...addresses(network), cloud: cloudData(network) }),
  };
}

function addresses({ domain, region, cloud, zones }: Network): object {
  if (domain === undefined) {
    return {};
  }
  const suffix = `${domain}.${region}.${cloud.toLowerCase()}.confluent.cloud`;
  return {
    dns_domain: suffix,
    endpoint_suffix: `.${suffix}`,
    zonal_subdomains: byZone(zones, (zone) => `${zone}.${suffix}`),
  };
}

function cloudData({ id, cloud, domain, zones }: Network): object {
  const isPrivateLink = domain !== undefined;
  switch (cloud) {
    case 'AWS': {
      const service = isPrivateLink && { private_link_endpoint_service: `com.amazonaws.vpce.${id}` };
      return { kind: 'AwsNetwork', vpc: `vpc-${id}`, account: '000000000000', ...service };
    }
    case 'AZURE': {
      const aliases = byZone(zones, (zone) => `s-${id}-${zone}.lab.azure.privatelinkservice`);
      const subscription = '00000000-0000-0000-0000-000000000000';
      const service = isPrivateLink && { private_link_service_aliases: aliases };
      return { kind: 'AzureNetwork', vnet: `vnet-${id}`, subscription, ...service };
    }
    default: {
      const attachments = byZone(zones, (zone) => `projects/lab/serviceAttachments/${id}-${zone}`);
      const service = isPrivateLink && { private_service_connect_service_attachments: attachments };
      return { kind: 'GcpNetwork', project: 'lab', vpc_network: `vpc-${id}`, ...service };
    }
  }
}

function byZone(zones: readonly string[], value: (zone: string) => string): Record<string, string> {
  return Object.fromEntries(zones.map((zone) => [zone, value(zone)]));
}
