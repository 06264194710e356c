import { aclIndexOf } from '../kafka/acl-index';
import { type Acl, addAcl, removeAcls } from '../kafka/acls';
import { aclFilter } from '../linking/filters';
import { linkSetting } from '../linking/link-settings';
import { type LinkSide } from '../linking/records';
import { type Change, type SyncPair } from './sync-changes';

/** Two lists at the length that they had, and a filter. Lists of ACLs only grow; a removal makes another list. */
type Comparison = readonly [Acl[], number, Acl[], number, string];

/** What each side was found to have nothing to do for: thousands of ACLs are not compared again until some change. */
const inStep = new WeakMap<LinkSide, Comparison>();

/** Carries what the filters take in; what they take in and the source lacks is deleted here. */
export function aclChanges({ side, local, remote }: SyncPair): Change[] {
  const filters = linkSetting(side.settings, 'acl.filters');
  const comparison: Comparison = [local.acls, local.acls.length, remote.acls, remote.acls.length, filters];
  if (inStep.get(side)?.every((part, index) => part === comparison[index])) {
    return [];
  }
  const takesIn = aclFilter(filters) ?? (() => false);
  const [here, there] = [aclIndexOf(local.acls), aclIndexOf(remote.acls)];
  const gone = local.acls.filter((acl) => !there.has(acl) && takesIn(acl));
  const added = remote.acls.filter((acl) => !here.has(acl) && takesIn(acl));
  if (gone.length + added.length === 0) {
    inStep.set(side, comparison);
  }
  return [...gone.map((acl) => () => void removeAcls(local, acl)), ...added.map((acl) => () => addAcl(local, acl))];
}
