import {
  type AclRow,
  type ExporterStatus,
  type KafkaRestClient,
  type LinkRow,
  type MirrorRow,
  type SchemaRegistryClient,
  type TopicRow,
} from '../client';
import { type Reading, readingOf } from './reading';

/** Where one member's truth is read. */
export interface MemberSource {
  readonly kafka: KafkaRestClient;
  /** The member's end of the bidirectional link. */
  readonly linkName: string;
  /** @default exporters are not read */
  readonly registry?: SchemaRegistryClient;
  /** Whose ACLs are read: `User:sa-…`. @default ACLs are not read */
  readonly principal?: string;
}

/** What one member says, each part by itself. */
export interface MemberReading {
  readonly topics: Reading<TopicRow[]>;
  /** With its tasks; not known as `not-found` if there is no such link. */
  readonly link: Reading<LinkRow>;
  /** The mirrors of all links that end here, with their lags. */
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

/**
 * Reads one member by three requests at a time, however many topics it has; one more for ACLs, and one and another for
 * each exporter.
 *
 * @throws RequestFailure of kind `aborted`; what else goes wrong is part of the reading
 */
export async function readMember(
  { kafka, linkName, registry, principal }: MemberSource,
  { signal, mirrorsOnly = false }: ReadingScope = {},
): Promise<MemberReading> {
  const [topics, link, mirrors, acls, exporters] = await Promise.all([
    readingOf(kafka.topics({ signal })),
    readingOf(kafka.link(linkName, { signal })),
    readingOf(kafka.mirrors(undefined, { signal })),
    principal === undefined || mirrorsOnly ? undefined : readingOf(kafka.acls({ principal }, { signal })),
    registry === undefined || mirrorsOnly ? undefined : readingOf(exporterStatuses(registry, signal)),
  ]);
  return { topics, link, mirrors, ...(acls && { acls }), ...(exporters && { exporters }) };
}

async function exporterStatuses(registry: SchemaRegistryClient, signal?: AbortSignal): Promise<ExporterStatus[]> {
  const names = await registry.exporters({ signal });
  return Promise.all(names.map((name) => registry.exporterStatus(name, { signal })));
}
