import { type KafkaRestClient } from '../client/kafka-rest-client';
import {
  type AclRow,
  type LinkConfigRow,
  type LinkRow,
  type MirrorRow,
  type TopicRow,
} from '../client/kafka-rest-rows';
import { type ExporterStatus, type SchemaRegistryClient } from '../client/schema-registry-client';
import { type Reading, readingOf, ServiceSession } from './reading';

/** Where one member's truth is read. */
export interface MemberSource {
  readonly kafka: KafkaRestClient;
  /** The member's end of the bidirectional link. */
  readonly linkName: string;
  /** @default exporters are not read */
  readonly registry?: SchemaRegistryClient;
  /** Whose ACLs are read, with those that hold for everybody: `User:sa-…`. @default ACLs are not read */
  readonly principal?: string;
}

/** What one member says, each part by itself. */
export interface MemberReading {
  readonly topics: Reading<TopicRow[]>;
  /** With its tasks; not known as `not-found` if there is no such link. */
  readonly link: Reading<LinkRow>;
  readonly linkConfigs: Reading<LinkConfigRow[]>;
  /** The mirrors of all links that end here, with their lags; a few that do not get on, with the reasons. */
  readonly mirrors: Reading<MirrorRow[]>;
  readonly acls?: Reading<AclRow[]>;
  readonly exporters?: Reading<ExporterStatus[]>;
}

export interface ReadingScope {
  /** Ends the reading with an error. */
  readonly signal?: AbortSignal;
  /** Whether to leave out what does not move while mirrors turn: ACLs and exporters. @default false */
  readonly mirrorsOnly?: boolean;
}

interface MemberScope extends ReadingScope {
  /** Once it is aborted, a service that has said nothing is not waited for any longer. */
  readonly silenceLimit?: AbortSignal;
}

/** So many of the mirrors that do not get on are asked for their reasons; what holds one up mostly holds up all. */
export const MOST_REASONS = 5;

/**
 * Reads one member by a fixed number of requests, however many topics it has: four, and at most `MOST_REASONS`; two more
 * for ACLs, and one and another for each exporter.
 *
 * @throws RequestFailure of kind `aborted`; what else goes wrong is part of the reading
 */
export async function readMember(
  { kafka, linkName, registry, principal }: MemberSource,
  { signal, mirrorsOnly = false, silenceLimit }: MemberScope = {},
): Promise<MemberReading> {
  const cluster = new ServiceSession(signal, silenceLimit);
  const schemas = new ServiceSession(signal, silenceLimit);
  const [topics, link, linkConfigs, mirrors, acls, exporters] = await Promise.all([
    cluster.reading((until) => kafka.topics({ signal: until })),
    cluster.reading((until) => kafka.link(linkName, { signal: until })),
    cluster.reading((until) => kafka.linkConfigs(linkName, { signal: until })),
    cluster.reading((until) => mirrorsWithReasons(kafka, until)),
    principal === undefined || mirrorsOnly ? undefined : cluster.reading((until) => aclsOf(kafka, principal, until)),
    registry === undefined || mirrorsOnly ? undefined : schemas.reading((until) => exporterStatuses(registry, until)),
  ]);
  return { topics, link, linkConfigs, mirrors, ...(acls && { acls }), ...(exporters && { exporters }) };
}

/** Whom Kafka means by everybody: an ACL for it holds for each principal, and a DENY wins over the principal's own. */
const EVERYBODY = 'User:*';

async function aclsOf(kafka: KafkaRestClient, principal: string, signal?: AbortSignal): Promise<AclRow[]> {
  return (await allOf([principal, EVERYBODY].map((name) => kafka.acls({ principal: name }, { signal })))).flat();
}

/** As `Promise.all`, but no request is still on its way, or tried again, when another one has failed. */
async function allOf<T>(asked: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

/** The list has no reasons; only a mirror alone tells them. */
async function mirrorsWithReasons(kafka: KafkaRestClient, signal?: AbortSignal): Promise<MirrorRow[]> {
  const mirrors = await kafka.mirrors(undefined, { signal });
  const held = mirrors
    .filter(({ mirror_status: status }) => status === 'FAILED' || String(status).startsWith('PENDING_'))
    .sort((one, other) => one.state_time_ms - other.state_time_ms)
    .slice(0, MOST_REASONS);
  const told = await Promise.all(
    held.map(async (mirror) => {
      const alone = await readingOf(kafka.mirror(mirror.link_name, mirror.mirror_topic_name, { signal }));
      const reasons = alone.known ? alone.value.mirror_state_transition_errors : undefined;
      return [mirror, { ...mirror, mirror_state_transition_errors: reasons ?? [] }] as const;
    }),
  );
  const withReasons = new Map<MirrorRow, MirrorRow>(told);
  return mirrors.map((mirror) => withReasons.get(mirror) ?? mirror);
}

async function exporterStatuses(registry: SchemaRegistryClient, signal?: AbortSignal): Promise<ExporterStatus[]> {
  const names = await registry.exporters({ signal });
  return allOf(names.map((name) => registry.exporterStatus(name, { signal })));
}
