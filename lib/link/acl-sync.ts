import { type AclEntry, AclOperation, AclResourceType } from '../cluster/acl-entry';
import { isKind, markKind } from '../validation/kind';
import { type Problems } from '../validation/problems';
import { PRINCIPAL } from '../validation/text-rule';
import { listShape, noObjectShape, type PropertiesOf, recordShape, requireArgument } from '../validation/shape';
import { stableJson } from './stable-json';
import { checkEnabled, checkInterval, requireOptions } from './sync-options';

/** Which ACLs a filter takes in; what is left out matches any. */
export interface AclFilterProps {
  /** `User:sa-…`, or `User:*` for the ACLs that are for everybody. @default - any principal */
  readonly principal?: string;
  /** The kind of thing that the ACLs are about. @default - any */
  readonly resourceType?: AclResourceType;
  /** What the ACLs let their principals do. @default - any */
  readonly operation?: AclOperation;
}

const ACL_FILTER: PropertiesOf<AclFilterProps> = { principal: true, resourceType: true, operation: true };

/** How a link carries ACLs. */
export interface AclSyncOptions {
  /** Milliseconds between two syncs, at least 1000. @default 5000 */
  readonly intervalMs?: number;
  /**
   * Whether ACLs are synced now. Turn a sync off with this rather than by leaving it out: the provider cannot take a
   * setting away.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * Which ACLs the link carries from the primary to the secondary.
 *
 * Carrying deletes: an ACL that a filter takes in and that the primary lacks is removed from the secondary. So the
 * filters must leave out what is managed on the secondary by itself, which includes what Terraform makes on both
 * members. Source: Confluent's page on configuring cluster links.
 */
export class AclSync {
  /** Carries the ACLs that the filters take in. */
  public static of(filters: AclFilterProps[], options: AclSyncOptions = {}): AclSync {
    requireArgument(listShape('AclSync.of', filters, "AclSync.of([{ principal: 'User:sa-abc123' }])"));
    filters.forEach((filter, index) => {
      const at = `AclSync.of, filters[${index}]`;
      requireArgument(recordShape(at, filter, "{ principal: 'User:sa-abc123' }", ACL_FILTER));
      requireArgument(noObjectShape(`${at}.principal`, filter.principal));
    });
    requireOptions('AclSync.of', options);
    return new AclSync(filters, options.enabled, options.intervalMs);
  }

  /** Carries all ACLs of these principals, whom the pair must have granted nothing. */
  public static ofPrincipals(principals: string[], options: AclSyncOptions = {}): AclSync {
    requireArgument(listShape('AclSync.ofPrincipals', principals, "AclSync.ofPrincipals(['User:sa-abc123'])"));
    return AclSync.of(
      principals.map((principal) => ({ principal })),
      options,
    );
  }

  /**
   * Carries what clients need beyond the ACLs that a pair makes: consumer groups, transactional ids, and writing to and
   * describing topics. Reading topics is not among them, for the pair's own ACLs are of that kind. It does not go
   * together with grants of the pair, which are of these kinds.
   */
  public static ofClientPermissions(options: AclSyncOptions = {}): AclSync {
    const filters = [
      { resourceType: AclResourceType.GROUP },
      { resourceType: AclResourceType.TRANSACTIONAL_ID },
      { resourceType: AclResourceType.TOPIC, operation: AclOperation.WRITE },
      { resourceType: AclResourceType.TOPIC, operation: AclOperation.DESCRIBE },
    ];
    return AclSync.of(filters, options);
  }

  /** Carries none, and never did; to stop a sync use `enabled: false`. */
  public static none(): AclSync {
    return new AclSync([], false);
  }

  private constructor(
    private readonly filters: readonly AclFilterProps[],
    private readonly enabled = true,
    private readonly intervalMs = 5000,
  ) {}

  /** @internal */
  public get _settings(): Record<string, string> {
    const { enabled, intervalMs } = this;
    if (this.filters.length === 0) {
      return { 'acl.sync.enable': String(enabled) };
    }
    const aclFilters = this.filters.map(({ principal, resourceType, operation }) => ({
      resourceFilter: { resourceType: resourceType?.word ?? 'any', patternType: 'any' },
      accessFilter: { operation: operation?.word ?? 'any', permissionType: 'any', ...(principal && { principal }) },
    }));
    return {
      'acl.sync.enable': String(enabled),
      'acl.sync.ms': String(intervalMs),
      'acl.filters': stableJson({ aclFilters }),
    };
  }

  /** A filter that takes in some of what one of the other sync does; undefined where there is none. @internal */
  public _common(other: AclSync): Record<string, string | undefined> | undefined {
    const common = this.filters.find((mine) => other.filters.some((theirs) => overlap(mine, theirs)));
    return common && inWords(common);
  }

  /**
   * @param managed the ACLs that Terraform makes where the sync deletes, and who makes them
   * @internal
   */
  public _check(problems: Problems, property: string, managed: readonly ManagedAcl[]): void {
    checkEnabled(problems, property, this.enabled);
    checkInterval(problems, `${property}.intervalMs`, this.intervalMs);
    this.filters.forEach((filter, index) => {
      const at = `${property}.filters[${index}]`;
      problems.text(`${at}.principal`, filter.principal, PRINCIPAL);
      checkKind(problems, `${at}.resourceType`, filter.resourceType, 'AclResourceType', 'AclResourceType.TOPIC');
      checkKind(problems, `${at}.operation`, filter.operation, 'AclOperation', 'AclOperation.READ');
      const { entry: caught, by } = managed.find(({ entry }) => takesIn(filter, entry)) ?? {};
      problems.require(caught === undefined, {
        property: at,
        received: inWords(filter),
        allowed:
          `filters that leave out the ACLs which ${by} makes; this one takes in ` +
          `${caught?.operation} on ${caught?.resourceType} ${caught?.resourceName} for ${caught?.principal}`,
        advice: 'The sync would delete on the secondary what Terraform makes there; grant or sync, not both.',
      });
    });
  }
}

markKind(AclSync, 'AclSync');

/** An ACL, and what makes it. */
export interface ManagedAcl {
  readonly entry: AclEntry;
  /** `the pair`, or a construct's path. */
  readonly by: string;
}

/** A filter as it is shown to people. */
function inWords({ principal, resourceType, operation }: AclFilterProps): Record<string, string | undefined> {
  return { principal, resourceType: resourceType?.word, operation: operation?.word };
}

/** Can there be an ACL that both take in? */
function overlap(one: AclFilterProps, other: AclFilterProps): boolean {
  const [a, b] = [inWords(one), inWords(other)];
  return Object.keys(a).every((key) => a[key] === undefined || b[key] === undefined || a[key] === b[key]);
}

function takesIn({ principal, resourceType, operation }: AclFilterProps, entry: AclEntry): boolean {
  return (
    (principal === undefined || principal === entry.principal) &&
    (resourceType === undefined || resourceType.word === entry.resourceType.toLowerCase()) &&
    (operation === undefined || operation.word === entry.operation.toLowerCase())
  );
}

function checkKind(problems: Problems, property: string, received: unknown, kind: string, example: string): void {
  problems.refuseUnless(received === undefined || isKind(received, kind), {
    property,
    received,
    allowed: `an ${kind}`,
    advice: `Write it as in ${example}, or leave it out for any.`,
  });
}
