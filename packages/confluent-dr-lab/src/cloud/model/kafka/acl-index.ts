import { type Acl } from './acls';

const indexes = new WeakMap<readonly Acl[], AclIndex>();

/** The index of a list, which may have grown since; a removal makes another list, and so another index. */
export function aclIndexOf(acls: readonly Acl[]): AclIndex {
  const index = indexes.get(acls) ?? new AclIndex(acls);
  indexes.set(acls, index);
  return index.upToDate();
}

/** Finds ACLs without going through all of them: a reversal of a thousand topics asks for eight thousand. */
export class AclIndex {
  private taken = 0;
  private readonly keys = new Set<string>();
  private readonly literals = new Map<string, Acl[]>();
  private readonly prefixed: Acl[] = [];

  constructor(private readonly acls: readonly Acl[]) {}

  public upToDate(): this {
    for (; this.taken < this.acls.length; this.taken += 1) {
      this.take(this.acls[this.taken]);
    }
    return this;
  }

  /** Whether exactly this ACL is there. */
  public has(acl: Acl): boolean {
    return this.keys.has(aclKey(acl));
  }

  /** Those about a resource: by its own name, by `*`, or by a prefix of its name. */
  public covering(type: string, name: string): Acl[] {
    const byPrefix = this.prefixed.filter((acl) => acl.resourceType === type && name.startsWith(acl.resourceName));
    return [...this.named(type, name), ...(name === '*' ? [] : this.named(type, '*')), ...byPrefix];
  }

  private take(acl: Acl): void {
    this.keys.add(aclKey(acl));
    if (acl.patternType === 'PREFIXED') {
      this.prefixed.push(acl);
      return;
    }
    const resource = resourceKey(acl.resourceType, acl.resourceName);
    this.literals.set(resource, this.literals.get(resource) ?? []);
    this.literals.get(resource)?.push(acl);
  }

  private named(type: string, name: string): readonly Acl[] {
    return this.literals.get(resourceKey(type, name)) ?? [];
  }
}

const resourceKey = (type: string, name: string): string => `${type} ${name}`;

export function aclKey(acl: Acl): string {
  const { resourceType, resourceName, patternType, principal, host, operation, permission } = acl;
  return JSON.stringify([resourceType, resourceName, patternType, principal, host, operation, permission]);
}
