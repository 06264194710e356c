export { type AclVerdict } from './acl-index';
export { type AclsOfMember, deniedOf, type MemberAcls, memberAcls, missingOf } from './acl-report';
export { type AclCreation, createAcls } from './create-acls';
export { aclInWords, type NeededAcl, neededAcls } from './needed-acls';
export { memberAclsOf, pairAcls } from './pair-acls';
