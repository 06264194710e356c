import { commandFor, type CommandPlace } from '../deployment/deployment';
import { aclInWords, deniedOf, type MemberAcls, missingOf } from '../observe/acls';
import { type Role, ROLES } from '../observe/pair-observation';
import { resourcesInWords, unknownAclsInWords } from './advice';
import { advice, commandText, indented, wrapped } from './layout';
import { type Look } from './text-style';

/** What is there is counted; what is not is named by what it is about, the same for many topics once. */
export function aclsText(acls: Readonly<Record<Role, MemberAcls>>, deployment: CommandPlace, look: Look): string {
  const parts = ROLES.map((role) => memberText(role, acls[role], look));
  const missing = ROLES.some((role) => missingOf(acls[role]).length > 0);
  const denied = ROLES.some((role) => deniedOf(acls[role]).length > 0);
  return [
    ...parts,
    ...(missing
      ? [
          [
            advice('A reversal may be refused.', 'Create what is missing:', look, ''),
            commandText(commandFor(deployment, ['acl', '--fix']), look),
          ].join('\n'),
        ]
      : []),
    ...(denied
      ? [advice('Something is denied, which no further ACL undoes.', 'Remove the ACLs with DENY.', look, '')]
      : []),
  ].join('\n\n');
}

/** What is to be created, by member: what is the same for many topics once, or each ACL on a line. */
export function toBeCreatedText(acls: Readonly<Record<Role, MemberAcls>>, all: boolean, { width }: Look): string {
  return ROLES.flatMap((role) => {
    const missing = missingOf(acls[role]);
    const lines = all ? missing.map(aclInWords) : missing.length > 0 ? [resourcesInWords(missing)] : [];
    return lines.map((line) => indented(wrapped(`on the ${role}: ${line}`, width - 2, '  ')));
  }).join('\n');
}

function memberText(role: Role, acls: MemberAcls, look: Look): string {
  const title = look.paint('bold', role);
  if (acls.kind === 'unknown') {
    return [`${title}  unknown`, advice(unknownAclsInWords(acls, role), undefined, look)].join('\n');
  }
  const there = acls.acls.filter(({ verdict }) => verdict === 'allowed').length;
  return [
    `${title}  ${acls.principal}: ${there} of ${acls.acls.length} ACLs that a reversal needs are there`,
    ...(['missing', 'denied'] as const).flatMap((verdict) => {
      const own = acls.acls.filter((acl) => acl.verdict === verdict);
      const text = wrapped(`${verdict}  ${resourcesInWords(own)}`, look.width - 2, '  ');
      return own.length === 0 ? [] : [indented(look.paint('red', text))];
    }),
  ].join('\n');
}
