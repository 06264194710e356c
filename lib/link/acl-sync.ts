import { type AclEntry } from '../cluster/acl-entry';
import { markKind } from '../validation/kind';
import { type Problems } from '../validation/problems';
import { PRINCIPAL } from '../validation/text-rule';
import { listShape, type PropertiesOf, recordShape, requireArgument } from '../validation/shape';
import { stableJson } from './stable-json';
import { checkEnabled, requireOptions } from './sync-options';

/** Which ACLs a filter takes in; what is left out matches any. */
export interface AclFilterProps {
  /** `User:sa-…`, or `User:*` for the ACLs that are for everybody. @default - any principal */
  readonly principal?: string;
  /** topic, group, cluster, transactional_id or any. @default any */
  readonly resourceType?: string;
  /** In Kafka's words, lower case: read, write, describe, … or any. @default any */
  readonly operation?: string;
}

const ACL_FILTER: PropertiesOf<AclFilterProps> = { principal: true, resourceType: true, operation: true };

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

const RESOURCE_TYPES = ['any', 'topic', 'group', 'cluster', 'transactional_id'];
const OPERATIONS = [
  'any',
  'all',
  'read',
  'write',
  'create',
  'delete',
  'alter',
  'describe',
  'describe_configs',
  'alter_configs',
  'cluster_action',
  'idempotent_write',
];

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
    filters.forEach((filter, index) =>
      requireArgument(
        recordShape(`AclSync.of, filters[${index}]`, filter, "{ principal: 'User:sa-abc123' }", ACL_FILTER),
      ),
    );
    requireOptions('AclSync.of', options);
    return new AclSync(filters, options.enabled ?? true, options.intervalMs);
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
      { resourceType: 'group' },
      { resourceType: 'transactional_id' },
      { resourceType: 'topic', operation: 'write' },
      { resourceType: 'topic', operation: 'describe' },
    ];
    return AclSync.of(filters, options);
  }

  /** Carries none, and never did; to stop a sync use `enabled: false`. */
  public static none(): AclSync {
    return new AclSync([], false);
  }

  private constructor(
    private readonly filters: readonly AclFilterProps[],
    private readonly enabled: boolean,
    private readonly intervalMs = 5000,
  ) {}

  /** @internal */
  public get _settings(): Record<string, string> {
    const { enabled, intervalMs } = this;
    if (this.filters.length === 0) {
      return { 'acl.sync.enable': String(enabled) };
    }
    const aclFilters = this.filters.map(({ principal, resourceType, operation }) => ({
      resourceFilter: { resourceType: resourceType ?? 'any', patternType: 'any' },
      accessFilter: { operation: operation ?? 'any', permissionType: 'any', ...(principal && { principal }) },
    }));
    return {
      'acl.sync.enable': String(enabled),
      'acl.sync.ms': String(intervalMs),
      'acl.filters': stableJson({ aclFilters }),
    };
  }

  /**
   * @param managed the ACLs that Terraform makes on both members
   * @internal
   */
  public _check(problems: Problems, property: string, managed: readonly AclEntry[]): void {
    checkEnabled(problems, property, this.enabled);
    problems.integer(`${property}.intervalMs`, this.intervalMs, 1000, 86_400_000, 'milliseconds');
    this.filters.forEach((filter, index) => {
      const at = `${property}.filters[${index}]`;
      problems.text(`${at}.principal`, filter.principal, PRINCIPAL);
      oneOf(problems, `${at}.resourceType`, filter.resourceType, RESOURCE_TYPES);
      oneOf(problems, `${at}.operation`, filter.operation, OPERATIONS);
      const caught = managed.find((entry) => takesIn(filter, entry));
      problems.require(caught === undefined, {
        property: at,
        received: filter,
        allowed:
          'filters that leave out the ACLs which the pair makes; this one takes in ' +
          `${caught?.operation} on ${caught?.resourceType} ${caught?.resourceName} for ${caught?.principal}`,
        advice: 'The sync would delete on the secondary what Terraform makes there; grant or sync, not both.',
      });
    });
  }
}

markKind(AclSync, 'AclSync');

function takesIn(filter: AclFilterProps, entry: AclEntry): boolean {
  const same = (wanted: string | undefined, actual: string) =>
    wanted === undefined || wanted === 'any' || wanted.toUpperCase() === actual.toUpperCase();
  return (
    same(filter.principal, entry.principal) &&
    same(filter.resourceType, entry.resourceType) &&
    same(filter.operation, entry.operation)
  );
}

function oneOf(problems: Problems, property: string, received: string | undefined, words: readonly string[]): void {
  problems.require(received === undefined || words.includes(received), {
    property,
    received,
    allowed: `one of ${words.join(', ')}`,
    advice: 'Write it in lower case.',
  });
}
