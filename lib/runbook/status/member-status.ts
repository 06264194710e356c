import { type ExporterStatus, type HostRoute } from '../client';
import { type MemberReading } from '../observing';
import { type MemberObservation, type Presence, presenceOf } from '../pair';

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
