import { block, blocks, text, texts, type ValueObject } from '../../../schema/value';
import { notEmpty, oneOf } from '../../planning/rules';
import { ProviderError } from '../../protocol/messages';
import { type ResourceType, type Stored, Unfinished } from '../../resource-type';
import { type Json, part, WAITS } from '../api-client';
import { untilGone } from '../presence';
import { type Session } from '../session';

const PATH = '/networking/v1';
const GONE = [403, 404];
const POLLS = 240;

/** One kind of things in an environment that become ready some time after they were made, and of which only the name changes. */
interface Networking {
  readonly what: string;
  readonly collection: string;
  readonly ready: readonly string[];
  /** The spec of a new one. */
  readonly request: (planned: ValueObject) => Json;
  /** What it has beside id, name and environment. */
  readonly attributes: (found: Json) => ValueObject;
  readonly planning: ResourceType<Session>['planning'];
}

/** The life of such a thing: the real provider waits until it is ready, and after a deletion until it is gone. */
export function networking({
  what,
  collection,
  ready,
  request,
  attributes,
  planning,
}: Networking): ResourceType<Session> {
  const path = `${PATH}/${collection}`;
  const find = ({ control }: Session, id: string, environment: string) =>
    control.find(`${path}/${id}`, { environment }, GONE);
  const stateOf = (found: Json): Stored => ({
    id: text(found.id),
    display_name: text(part(found, 'spec').display_name),
    environment: [{ id: text(part(part(found, 'spec'), 'environment').id) }],
    ...attributes(found),
  });
  return {
    planning: { ...planning, forceNew: ['environment', ...(planning.forceNew ?? [])] },
    create: async (planned, session) => {
      const created = await session.control.post(path, { spec: { ...named(planned), ...request(planned) } });
      const id = text(created.id);
      const found = await session.pace.poll(WAITS.networkPoll, POLLS, async () => {
        const row = await find(session, id, environmentOf(planned));
        return ready.includes(text(part(row, 'status').phase)) ? row : undefined;
      });
      if (!found) {
        throw new Unfinished({ ...planned, ...stateOf(created) }, `error waiting for ${what} ${id} to provision`);
      }
      return { ...planned, ...stateOf(found) };
    },
    read: async (state, session) => {
      const found = await find(session, text(state.id), environmentOf(state));
      return found ? { ...state, ...stateOf(found) } : null;
    },
    update: async (prior, planned, { control }) => {
      const changed = await control.patch(`${path}/${text(prior.id)}`, { spec: named(planned) });
      return { ...planned, ...stateOf(changed) };
    },
    delete: async (state, session) => {
      const [id, environment] = [text(state.id), environmentOf(state)];
      await session.control.delete(`${path}/${id}`, { environment });
      await untilGone(session.pace, () => find(session, id, environment));
    },
    /** `env-…/id` */
    import: async (importId, session) => {
      const [environment, id] = importId.split('/');
      const found = id && (await find(session, id, environment));
      return found ? stateOf(found) : null;
    },
  };
}

const named = (planned: ValueObject): Json => ({
  ...(text(planned.display_name) && { display_name: text(planned.display_name) }),
  environment: { id: environmentOf(planned) },
});

const environmentOf = (resource: ValueObject): string => text(block(resource.environment).id);

export const network = networking({
  what: 'Network',
  collection: 'networks',
  ready: ['READY'],
  planning: {
    forceNew: ['cloud', 'region', 'connection_types', 'cidr', 'reserved_cidr', 'zones', 'dns_config', 'zone_info'],
    computedBlocks: ['aws', 'azure', 'gcp', 'dns_config', 'zone_info'],
    rules: { display_name: notEmpty, cloud: oneOf('AWS', 'AZURE', 'GCP') },
  },
  request: (planned) => ({
    cloud: text(planned.cloud),
    region: text(planned.region),
    connection_types: texts(planned.connection_types),
    zones: texts(planned.zones),
    ...(text(planned.cidr) && { cidr: text(planned.cidr) }),
    ...(text(planned.reserved_cidr) && { reserved_cidr: text(planned.reserved_cidr) }),
    ...(blocks(planned.zone_info).length > 0 && {
      zones_info: blocks(planned.zone_info).map(({ zone_id, cidr }) => ({ zone_id: text(zone_id), cidr: text(cidr) })),
    }),
    ...(blocks(planned.dns_config).length > 0 && {
      dns_config: { resolution: text(block(planned.dns_config).resolution) },
    }),
  }),
  attributes: (found) => {
    const [spec, status] = [part(found, 'spec'), part(found, 'status')];
    const cloud = text(spec.cloud);
    const inCloud = part(status, 'cloud');
    const resolution = text(part(spec, 'dns_config').resolution);
    return {
      cloud,
      region: text(spec.region),
      connection_types: texts(spec.connection_types),
      zones: texts(spec.zones),
      cidr: text(spec.cidr),
      reserved_cidr: text(spec.reserved_cidr),
      dns_domain: text(status.dns_domain),
      endpoint_suffix: text(status.endpoint_suffix),
      zonal_subdomains: textsIn(status.zonal_subdomains),
      resource_name: text(part(found, 'metadata').resource_name),
      gateway: [],
      dns_config: resolution ? [{ resolution }] : [],
      zone_info: blocks(spec.zones_info as ValueObject[]),
      aws: [],
      gcp: [],
      azure: cloud === 'AZURE' ? [{ private_link_service_aliases: textsIn(inCloud.private_link_service_aliases) }] : [],
    };
  },
});

export const privateLinkAccess = networking({
  what: 'Private Link Access',
  collection: 'private-link-accesses',
  ready: ['READY'],
  planning: { forceNew: ['network', 'azure', 'aws', 'gcp'], rules: { display_name: notEmpty } },
  request: (planned) => ({
    network: { id: text(block(planned.network).id) },
    cloud: cloudSide(planned, {
      AZURE: ['azure', 'AzurePrivateLinkAccess'],
      AWS: ['aws', 'AwsPrivateLinkAccess'],
      GCP: ['gcp', 'GcpPrivateServiceConnectAccess'],
    }),
  }),
  attributes: (found) => joined(found),
});

export const peering = networking({
  what: 'Peering',
  collection: 'peerings',
  ready: ['READY', 'PENDING_ACCEPT'],
  planning: { forceNew: ['network', 'azure', 'aws', 'gcp'], rules: { display_name: notEmpty } },
  request: (planned) => ({
    network: { id: text(block(planned.network).id) },
    cloud: cloudSide(planned, {
      AZURE: ['azure', 'AzurePeering'],
      AWS: ['aws', 'AwsPeering'],
      GCP: ['gcp', 'GcpPeering'],
    }),
  }),
  attributes: (found) => joined(found),
});

export const privateLinkAttachment = networking({
  what: 'Private Link Attachment',
  collection: 'private-link-attachments',
  ready: ['WAITING_FOR_CONNECTIONS', 'READY'],
  planning: {
    forceNew: ['cloud', 'region'],
    rules: { display_name: notEmpty, cloud: oneOf('AWS', 'AZURE', 'GCP'), region: notEmpty },
  },
  request: (planned) => ({ cloud: text(planned.cloud), region: text(planned.region) }),
  attributes: (found) => {
    const [spec, status] = [part(found, 'spec'), part(found, 'status')];
    const { private_link_service_alias: alias, private_link_service_resource_id: id } = part(status, 'cloud');
    return {
      cloud: text(spec.cloud),
      region: text(spec.region),
      dns_domain: text(status.dns_domain),
      resource_name: text(part(found, 'metadata').resource_name),
      aws: [],
      gcp: [],
      azure: [{ private_link_service_alias: text(alias), private_link_service_resource_id: text(id) }],
    };
  },
});

export const privateLinkAttachmentConnection = networking({
  what: 'Private Link Attachment Connection',
  collection: 'private-link-attachment-connections',
  ready: ['READY'],
  planning: {
    forceNew: ['private_link_attachment', 'azure', 'aws', 'gcp'],
    rules: { display_name: notEmpty },
  },
  request: (planned) => ({
    private_link_attachment: { id: text(block(planned.private_link_attachment).id) },
    cloud: cloudSide(planned, { AZURE: ['azure', 'AzurePrivateLinkAttachmentConnection'] }),
  }),
  attributes: (found) => ({ resource_name: text(part(found, 'metadata').resource_name) }),
});

/** The block of the customer's cloud, with the kind that the API wants to be told. */
function cloudSide(planned: ValueObject, kinds: Readonly<Record<string, readonly [string, string]>>): Json {
  const given = Object.values(kinds).filter(([name]) => blocks(planned[name]).length > 0);
  if (given.length !== 1) {
    throw new ProviderError(`exactly one of ${Object.keys(kinds).join(', ').toLowerCase()} is needed`);
  }
  const [[name, kind]] = given;
  return { kind, ...(block(planned[name]) as Json) };
}

function joined(found: Json): ValueObject {
  return { network: [{ id: text(part(part(found, 'spec'), 'network').id) }] };
}

function textsIn(value: unknown): ValueObject {
  return Object.fromEntries(
    Object.entries((value ?? {}) as Record<string, unknown>).map(([name, own]) => [name, text(own)]),
  );
}
