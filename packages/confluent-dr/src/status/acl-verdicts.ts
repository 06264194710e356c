import { deniedOf, type MemberAcls, missingOf } from '../acls/acl-report';
import { aclInWords } from '../acls/needed-acls';
import { type Role, ROLES } from '../pair/role';
import { type MissingAcl } from '../planning/failover-request';

/** What of the ACLs that a reversal needs is not there; what is denied by member, as `READ on TOPIC orders`. */
export interface AclVerdicts {
  readonly missing: readonly MissingAcl[];
  readonly denied: Partial<Record<Role, readonly string[]>>;
  /** Members of which nothing is known. */
  readonly unknown: readonly Role[];
}

export function aclVerdicts(acls: Readonly<Record<Role, MemberAcls>>): AclVerdicts {
  return {
    missing: ROLES.flatMap((on) => {
      const own = acls[on];
      return own.kind === 'known' ? missingOf(own).map((acl) => ({ ...acl, on, principal: own.principal })) : [];
    }),
    denied: Object.fromEntries(ROLES.map((role) => [role, deniedOf(acls[role]).map(aclInWords)])),
    unknown: ROLES.filter((role) => acls[role].kind === 'unknown'),
  };
}
