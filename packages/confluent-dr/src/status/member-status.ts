import { type HostRoute } from '../client/host-finder';
import { type ExporterStatus } from '../client/schema-registry-client';
import { type MemberReading } from '../observing/member-reader';
import { type Presence, presenceOf } from '../pair/data-plane';
import { type MemberObservation } from '../pair/observation';

/** Exporters of a member's Schema Registry. @default - undefined where the registry is not known */
export type Exporters =
  | { readonly kind: 'known'; readonly exporters: readonly ExporterStatus[] }
  | { readonly kind: 'unknown'; readonly cause: string };

export interface MemberStatus extends MemberObservation {
  readonly presence: Presence;
  /** Which way its host was found. */
  readonly route: HostRoute;
  readonly exporters?: Exporters;
}

export function memberStatus(member: MemberObservation, reading: MemberReading, route: HostRoute): MemberStatus {
  return { ...member, presence: presenceOf(member.dataPlane), route, ...exportersOf(reading) };
}

function exportersOf({ exporters }: MemberReading): { exporters?: Exporters } {
  if (exporters === undefined) {
    return {};
  }
  return {
    exporters: exporters.known
      ? { kind: 'known', exporters: exporters.value }
      : { kind: 'unknown', cause: exporters.failure.message },
  };
}
