import { TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import {
  ConfluentCloudProvider,
  ConfluentNetwork,
  type ConfluentNetworkProps,
  NetworkAccess,
  type NetworkPeeringProps,
  PrivateLinkAttachment,
  type PrivateLinkAttachmentProps,
} from '../../lib';
import { type Attributes, complaintsOf, resolved, stackOf, synthesize } from '../support/synth';

const SUBSCRIPTION = '00000000-0000-0000-0000-00000000000a';
const TENANT = '00000000-0000-0000-0000-00000000000b';
const VNET = '/subscriptions/a/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub';
const ENDPOINT = '/subscriptions/a/resourceGroups/hub/providers/Microsoft.Network/privateEndpoints/confluent';
const PEERING = { cidr: '10.10.0.0/16', tenantId: TENANT, virtualNetworkId: VNET };

const withNetwork = (props: Partial<ConfluentNetworkProps> = {}, use: (network: ConfluentNetwork) => void = () => {}) =>
  stackOf((scope) => {
    new ConfluentCloudProvider(scope, 'Confluent');
    const access = NetworkAccess.privateLink([SUBSCRIPTION]);
    use(new ConfluentNetwork(scope, 'Network', { environmentId: 'env-a', region: 'West Europe', access, ...props }));
  });
const withAttachment = (props: Partial<PrivateLinkAttachmentProps> = {}) =>
  stackOf((scope) => {
    new ConfluentCloudProvider(scope, 'Confluent');
    new PrivateLinkAttachment(scope, 'Attachment', { environmentId: 'env-a', region: 'westeurope', ...props });
  });
const all = (resources: Record<string, Record<string, Attributes>>, type: string) =>
  Object.values(resources[type] ?? {}).sort((one, other) =>
    JSON.stringify(one.azure) < JSON.stringify(other.azure) ? -1 : 1,
  );

describe('ConfluentNetwork', () => {
  test('is a network for private links, and an access for each subscription', () => {
    const other = SUBSCRIPTION.replace(/a$/, 'c');
    const { resource } = synthesize(withNetwork({ access: NetworkAccess.privateLink([SUBSCRIPTION, other]) }));
    const [network] = all(resource, 'confluent_network');
    expect(network).toMatchObject({
      ...{ cloud: 'AZURE', region: 'westeurope', connection_types: ['PRIVATELINK'], environment: { id: 'env-a' } },
    });
    expect(network).not.toHaveProperty('cidr');
    const id = `\${confluent_network.${Object.keys(resource.confluent_network)[0]}.id}`;
    expect(all(resource, 'confluent_private_link_access')).toMatchObject([
      { azure: { subscription: SUBSCRIPTION }, network: { id }, environment: { id: 'env-a' } },
      { azure: { subscription: other }, network: { id } },
    ]);
    expect(resource).not.toHaveProperty('confluent_peering');
  });

  test('is a network of these addresses, and a peering with a virtual network', () => {
    const peering = (more: Partial<NetworkPeeringProps> = {}) => {
      const { resource } = synthesize(withNetwork({ access: NetworkAccess.peering({ ...PEERING, ...more }) }));
      expect(all(resource, 'confluent_network')).toMatchObject([
        { connection_types: ['PEERING'], cidr: '10.10.0.0/16' },
      ]);
      expect(resource).not.toHaveProperty('confluent_private_link_access');
      return all(resource, 'confluent_peering')[0].azure;
    };
    expect(peering()).toEqual({ tenant: TENANT, vnet: VNET, customer_region: 'westeurope' });
    expect(peering({ virtualNetworkRegion: 'North Europe' })).toHaveProperty('customer_region', 'northeurope');
  });

  test('keeps an access whatever stands before it in the list', () => {
    const names = (...subscriptions: string[]) =>
      Object.keys(
        synthesize(withNetwork({ access: NetworkAccess.privateLink(subscriptions) })).resource
          .confluent_private_link_access,
      );
    expect(names(TENANT, SUBSCRIPTION)).toContain(names(SUBSCRIPTION)[0]);
  });

  test('tells the names that private endpoints and zones of DNS need', () => {
    let network: ConfluentNetwork | undefined;
    const stack = withNetwork({}, (made) => (network = made));
    const { networkId, dnsDomain, zonalSubdomains, privateLinkServiceAliases } = network!;
    const told = resolved(stack, { networkId, dnsDomain, zonalSubdomains, privateLinkServiceAliases });
    expect(
      Object.values(told as object).map((text: string) => text.replace(/confluent_network\.\w+/, 'network')),
    ).toEqual([
      '${network.id}',
      '${network.dns_domain}',
      '${network.zonal_subdomains}',
      '${network.azure.0.private_link_service_aliases}',
    ]);
  });

  test('keeps what it made when it is renamed', () => {
    const { moved } = synthesize(withNetwork({ movedFrom: 'Old' }));
    expect(moved).toHaveLength(2);
  });

  test.each<[string, Partial<ConfluentNetworkProps>, string]>([
    ['no environment', { environmentId: 'abc' }, "environmentId: received 'abc'"],
    ['a region that is none', { region: 'westeuropa' }, "region: received 'westeuropa'"],
    ['a name that is empty', { displayName: ' ' }, "displayName: received ' '"],
    ['no subscription', { access: NetworkAccess.privateLink([]) }, 'access.subscriptionIds: received []'],
    ['one twice', { access: NetworkAccess.privateLink([TENANT, TENANT]) }, 'and each once'],
    ['one that is none', { access: NetworkAccess.privateLink(['mine']) }, "access.subscriptionIds[0]: received 'mine'"],
    [
      'a range too small',
      { access: NetworkAccess.peering({ ...PEERING, cidr: '10.10.0.0/24' }) },
      'with the prefix /16',
    ],
    ['no tenant', { access: NetworkAccess.peering({ ...PEERING, tenantId: 'x' }) }, "access.tenantId: received 'x'"],
    [
      'no virtual network',
      { access: NetworkAccess.peering({ ...PEERING, virtualNetworkId: 'hub' }) },
      "access.virtualNetworkId: received 'hub'",
    ],
    [
      'no region of one',
      { access: NetworkAccess.peering({ ...PEERING, virtualNetworkRegion: 'mars' }) },
      "access.virtualNetworkRegion: received 'mars'",
    ],
  ])('is refused with %s', (_what, props, complaint) => {
    expect(complaintsOf(withNetwork(props))).toContain(complaint);
  });

  test('leaves what only Terraform knows to the plan', () => {
    const stack = stackOf((scope: Construct) => {
      new ConfluentCloudProvider(scope, 'Confluent');
      const text = (name: string) => new TerraformVariable(scope, name, { type: 'string' }).stringValue;
      const access = NetworkAccess.privateLink([text('subscription')]);
      new ConfluentNetwork(scope, 'Network', { environmentId: text('env'), region: text('region'), access });
    });
    const [network] = all(synthesize(stack).resource, 'confluent_network');
    expect((network.lifecycle as { precondition: object[] }).precondition).toMatchObject([
      { error_message: expect.stringContaining('region: received ') as string },
      { error_message: expect.stringContaining('env: received ') as string },
      { error_message: expect.stringContaining('subscription: received ') as string },
    ]);
  });
});

describe('PrivateLinkAttachment', () => {
  test('is an attachment, and a connection for each private endpoint', () => {
    const { resource } = synthesize(withAttachment({ privateEndpointIds: [ENDPOINT, `${ENDPOINT}-2`] }));
    expect(all(resource, 'confluent_private_link_attachment')).toMatchObject([
      { cloud: 'AZURE', region: 'westeurope', display_name: 'private-link', environment: { id: 'env-a' } },
    ]);
    const id = `\${confluent_private_link_attachment.${Object.keys(resource.confluent_private_link_attachment)[0]}.id}`;
    expect(all(resource, 'confluent_private_link_attachment_connection')).toMatchObject([
      {
        display_name: 'private-link',
        azure: { private_endpoint_resource_id: ENDPOINT },
        private_link_attachment: { id },
      },
      { display_name: 'private-link-2', azure: { private_endpoint_resource_id: `${ENDPOINT}-2` } },
    ]);
  });

  test.each<[string, Partial<PrivateLinkAttachmentProps>, string]>([
    ['no environment', { environmentId: 'abc' }, "environmentId: received 'abc'"],
    ['a region that is none', { region: 'westeuropa' }, "region: received 'westeuropa'"],
    ['an endpoint that is none', { privateEndpointIds: [VNET] }, 'privateEndpointIds[0]: received'],
    ['an endpoint twice', { privateEndpointIds: [ENDPOINT, ENDPOINT.toUpperCase()] }, 'each endpoint once'],
  ])('is refused with %s', (_what, props, complaint) => {
    expect(complaintsOf(withAttachment(props))).toContain(complaint);
  });
});

test.each([
  ['NetworkAccess.privateLink', (list: string[]) => NetworkAccess.privateLink(list)],
  ['privateEndpointIds', (list: string[]) => withAttachment({ privateEndpointIds: list })],
])('%s takes no list that only Terraform knows', (name, use) => {
  let message: string | undefined;
  stackOf((scope) => {
    const { listValue } = new TerraformVariable(scope, 'list', { type: 'list(string)' });
    try {
      use(listValue);
    } catch (error) {
      ({ message } = error as Error);
    }
  });
  expect(message).toContain(name);
  expect(message).toContain('a list of texts in code');
});
