import { presenceOf } from '../pair/data-plane';
import { type MemberObservation } from '../pair/observation';
import { type Role } from '../pair/role';
import { refusal, type Refusal } from './refusal';

/** Why a member did not tell; undefined if it answered. */
export function memberRefusal(member: Role, { clusterId, dataPlane }: MemberObservation): Refusal | undefined {
  if (dataPlane.kind === 'answers') {
    return undefined;
  }
  const { kind: answer, cause } = dataPlane;
  const away = presenceOf(dataPlane) === 'away';
  return refusal(away ? 'member-away' : 'member-declines', { member, clusterId, answer, cause });
}
