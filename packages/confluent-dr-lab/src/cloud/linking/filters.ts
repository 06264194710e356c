import { type Acl } from '../kafka/acls';

/** The JSON that link settings hold as text; undefined where it is none, or not of the shape that filters have. */

interface NameFilter {
  readonly name: string;
  readonly patternType: string;
  readonly filterType: string;
}

interface AclSyncFilter {
  readonly resourceFilter?: { readonly resourceType?: string; readonly name?: string; readonly patternType?: string };
  readonly accessFilter?: {
    readonly principal?: string;
    readonly operation?: string;
    readonly permissionType?: string;
    readonly host?: string;
  };
}

/** Says whether a name is taken in: by some INCLUDE and by no EXCLUDE. */
export type NamePredicate = (name: string) => boolean;

export function groupFilter(text: string): NamePredicate | undefined {
  return nameFilter(text, 'groupFilters');
}

export function topicFilter(text: string): NamePredicate | undefined {
  return nameFilter(text, 'topicFilters');
}

export function aclFilter(text: string): ((acl: Acl) => boolean) | undefined {
  const filters = listIn(text, 'aclFilters', isAclSyncFilter);
  return filters && ((acl) => filters.some((filter) => takesIn(filter, acl)));
}

function nameFilter(text: string, list: string): NamePredicate | undefined {
  const filters = listIn(text, list, isNameFilter);
  if (!filters) {
    return undefined;
  }
  const matches = (kind: string, name: string): boolean =>
    filters.some((filter) => filter.filterType.toUpperCase() === kind && covers(filter, name));
  return (name) => matches('INCLUDE', name) && !matches('EXCLUDE', name);
}

function covers({ name: pattern, patternType }: NameFilter, name: string): boolean {
  return patternType.toUpperCase() === 'PREFIXED' ? name.startsWith(pattern) : pattern === '*' || pattern === name;
}

function takesIn({ resourceFilter = {}, accessFilter = {} }: AclSyncFilter, acl: Acl): boolean {
  return (
    is(resourceFilter.resourceType, acl.resourceType) &&
    is(resourceFilter.patternType, acl.patternType) &&
    is(resourceFilter.name, acl.resourceName) &&
    is(accessFilter.principal, acl.principal) &&
    is(accessFilter.operation, acl.operation) &&
    is(accessFilter.permissionType, acl.permission) &&
    is(accessFilter.host, acl.host)
  );
}

function is(wanted: string | undefined, value: string): boolean {
  return !wanted || wanted.toUpperCase() === 'ANY' || wanted.toUpperCase() === value.toUpperCase();
}

/** Whoever may alter a link writes this text: an entry of another shape must not end the time of the whole cloud. */
function listIn<T>(text: string, name: string, isOne: (entry: unknown) => entry is T): T[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const list = isObject(value) ? value[name] : undefined;
    return Array.isArray(list) && list.length > 0 && list.every(isOne) ? list : undefined;
  } catch {
    return undefined;
  }
}

function isNameFilter(entry: unknown): entry is NameFilter {
  return (
    isObject(entry) &&
    typeof entry.name === 'string' &&
    isWord(entry.filterType, ['INCLUDE', 'EXCLUDE']) &&
    isWord(entry.patternType, ['LITERAL', 'PREFIXED'])
  );
}

function isAclSyncFilter(entry: unknown): entry is AclSyncFilter {
  const isPart = (part: unknown) =>
    part === undefined || (isObject(part) && Object.values(part).every((value) => typeof value === 'string'));
  return isObject(entry) && isPart(entry.resourceFilter) && isPart(entry.accessFilter);
}

const isWord = (value: unknown, words: readonly string[]): boolean =>
  typeof value === 'string' && words.includes(value.toUpperCase());

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
