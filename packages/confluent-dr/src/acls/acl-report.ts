import { type AclRow } from '../client/kafka-rest-rows';
import { type Reading } from '../observing/reading';
import { type Role } from '../pair/role';
import { type TopicObservation } from '../pair/topic-observation';
import { AclIndex, type AclVerdict } from './acl-index';
import { type NeededAcl, neededAcls } from './needed-acls';

/** What one member's principal needs, and whether it has it. */
export type MemberAcls =
  | {
      readonly kind: 'known';
      /** `User:sa-…` */
      readonly principal: string;
      readonly acls: readonly (NeededAcl & { readonly verdict: AclVerdict })[];
    }
  /** It is not known whose key the links use, or the ACLs could not be read. */
  | { readonly kind: 'unknown'; readonly code: 'principal-unknown' }
  | { readonly kind: 'unknown'; readonly code: 'not-read'; readonly cause: string };

export interface AclsOfMember {
  readonly role: Role;
  /** @default - nobody knows whose key the links use */
  readonly principal?: string;
  /** The principal's ACLs as they were read. @default they were not read */
  readonly reading?: Reading<AclRow[]>;
  readonly topics: readonly TopicObservation[];
}

export function memberAcls({ role, principal, reading, topics }: AclsOfMember): MemberAcls {
  if (principal === undefined || reading === undefined) {
    return { kind: 'unknown', code: 'principal-unknown' };
  }
  if (!reading.known) {
    return { kind: 'unknown', code: 'not-read', cause: reading.failure.message };
  }
  const index = new AclIndex(reading.value);
  const names = topics.map(({ sides }) => sides[role].topicName);
  const acls = neededAcls(names).map((needed) => ({ ...needed, verdict: index.verdictOn(needed) }));
  return { kind: 'known', principal, acls };
}

/** What has to be created; nothing where it is not known. */
export const missingOf = (acls: MemberAcls): NeededAcl[] =>
  acls.kind === 'known' ? acls.acls.filter(({ verdict }) => verdict === 'missing') : [];

/** What somebody has forbidden, so that nothing that is created helps. */
export const deniedOf = (acls: MemberAcls): NeededAcl[] =>
  acls.kind === 'known' ? acls.acls.filter(({ verdict }) => verdict === 'denied') : [];
