import { type MemberObservation, presenceOf, type Role } from '../pair';
import { refusal, type Refusal } from './refusal';

const CURE_BY_KIND: Partial<Record<MemberObservation['dataPlane']['kind'], string>> = {
  unauthorized: 'Give the API key of this cluster, or create one that works.',
  forbidden: "Give the key's owner CloudClusterAdmin, or the ACLs that it lacks, on this cluster.",
  throttled: 'Wait a minute and run it again.',
  dns: 'Check the host name and the DNS server that this machine asks.',
  tls: 'Check whether a proxy answers in its place, and the certificate of it.',
};

/** Why a member did not tell; undefined if it answered. */
export function memberRefusal(role: Role, { clusterId, dataPlane }: MemberObservation): Refusal | undefined {
  if (dataPlane.kind === 'answers') {
    return undefined;
  }
  const away = presenceOf(dataPlane) === 'away';
  const cause = dataPlane.cause.replace(/\.$/, '');
  return refusal(
    away ? 'member-away' : 'member-declines',
    `The ${role} (${clusterId}) ${away ? 'does not answer' : 'answers, but does not tell'}: ${dataPlane.kind}, ${cause}.`,
    CURE_BY_KIND[dataPlane.kind] ?? 'Bring it back, or the way to it, and run it again.',
  );
}
