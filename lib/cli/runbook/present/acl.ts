import { aclInWords, type AclVerdict, deniedOf, type MemberAcls, missingOf } from '../../../runbook/acls';
import { type Role, ROLES } from '../../../runbook/pair';
import { type Look, type Style } from '../../terminal';
import { advice, indented } from './status-layout';

const STYLE: Record<AclVerdict, Style> = { allowed: 'green', missing: 'red', denied: 'red' };

/** What is there is counted; what is not is named. */
export function aclsText(acls: Readonly<Record<Role, MemberAcls>>, look: Look): string {
  const parts = ROLES.map((role) => memberText(role, acls[role], look));
  const missing = ROLES.some((role) => missingOf(acls[role]).length > 0);
  const denied = ROLES.some((role) => deniedOf(acls[role]).length > 0);
  return [
    ...parts,
    ...(missing
      ? [advice('A reversal may be refused.', 'Create what is missing: confluent-dr acl --fix', look, '')]
      : []),
    ...(denied
      ? [advice('Something is denied, which no further ACL undoes.', 'Remove the ACLs with DENY.', look, '')]
      : []),
  ].join('\n\n');
}

function memberText(role: Role, acls: MemberAcls, look: Look): string {
  const title = look.paint('bold', role);
  if (acls.kind === 'unknown') {
    return [`${title}  unknown`, advice(acls.cause, undefined, look)].join('\n');
  }
  const wrong = acls.acls.filter(({ verdict }) => verdict !== 'allowed');
  const there = acls.acls.length - wrong.length;
  return [
    `${title}  ${acls.principal}: ${there} of ${acls.acls.length} ACLs that a reversal needs are there`,
    ...wrong.map((acl) => indented(`${look.paint(STYLE[acl.verdict], acl.verdict)}  ${aclInWords(acl)}`)),
  ].join('\n');
}
