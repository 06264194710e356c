import { type AclEntry } from '../cluster/acl-entry';
import { literalText } from '../synthesis/literal-text';
import { markKind } from '../validation/kind';
import { isUnresolved, type Problems } from '../validation/problems';
import { kindShape, listShape, noObjectShape, requireArgument } from '../validation/shape';
import { GROUP_NAME } from '../validation/text-rule';
import { stableJson } from './stable-json';
import { checkEnabled, checkInterval, requireOptions } from './sync-options';

/** Consumer groups, by name or by the beginning of their names. */
export class GroupFilter {
  /** Every group. */
  public static all(): GroupFilter {
    return new GroupFilter('*', 'LITERAL', 'INCLUDE');
  }

  /** One group. */
  public static literal(groupName: string): GroupFilter {
    requireArgument(noObjectShape('GroupFilter.literal', groupName));
    return new GroupFilter(groupName, 'LITERAL', 'INCLUDE');
  }

  /** The groups whose names begin so. */
  public static prefixed(prefix: string): GroupFilter {
    requireArgument(noObjectShape('GroupFilter.prefixed', prefix));
    return new GroupFilter(prefix, 'PREFIXED', 'INCLUDE');
  }

  private constructor(
    /** A group's name or the beginning of names; `*` for every group. */
    public readonly name: string,
    /** The filter's pattern type: LITERAL or PREFIXED. */
    public readonly patternType: string,
    /** The filter's type: INCLUDE or EXCLUDE. */
    public readonly filterType: string,
  ) {}

  /** Whether groups of an ACL's pattern are meant; of a prefix, all of them or some. @internal */
  public _meets(resourceName: string, patternType: string, wanted: 'all' | 'some'): boolean {
    const { name } = this;
    const isPrefix = patternType === 'PREFIXED';
    if (name === '*' && this.patternType === 'LITERAL') {
      return true;
    }
    if (this.patternType === 'PREFIXED' && resourceName.startsWith(name)) {
      return true;
    }
    if (isPrefix) {
      return wanted === 'some' && name.startsWith(resourceName);
    }
    return this.patternType === 'LITERAL' && resourceName === name;
  }

  /** The same groups, left out instead of taken in. */
  public excluded(): GroupFilter {
    return new GroupFilter(this.name, this.patternType, 'EXCLUDE');
  }

  /** Are all groups of the other filter among this one's? @internal */
  public _takesIn({ name, patternType }: GroupFilter): boolean {
    const isAll = this.name === '*' && this.patternType === 'LITERAL';
    return (
      isAll ||
      (this.patternType === 'PREFIXED'
        ? name.startsWith(this.name) && !(name === '*' && patternType === 'LITERAL')
        : this.name === name && patternType === 'LITERAL')
    );
  }
}

markKind(GroupFilter, 'GroupFilter');

/** How offsets are carried over. */
export interface OffsetSyncOptions {
  /** Milliseconds between two syncs, at least 1000. @default 30000 */
  readonly intervalMs?: number;
  /**
   * Whether offsets are synced now. Turn a sync off with this rather than by leaving it out: the provider cannot take
   * a setting away.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/**
 * Which consumer groups' offsets a link carries over, so that consumers go on where they were.
 *
 * A group's offsets are carried only while nobody consumes with it on the other side.
 */
export class OffsetSync {
  /** Carries the offsets of the groups that the filters take in. */
  public static ofGroups(filters: GroupFilter[], options: OffsetSyncOptions = {}): OffsetSync {
    const what = 'OffsetSync.ofGroups';
    requireArgument(listShape(what, filters, `${what}([GroupFilter.all()])`));
    filters.forEach((filter, index) =>
      requireArgument(kindShape(`${what}, filters[${index}]`, filter, 'GroupFilter', "GroupFilter.literal('billing')")),
    );
    requireOptions(what, options);
    return new OffsetSync(filters, options.enabled, options.intervalMs);
  }

  /** Carries none, and never did; to stop a sync use `enabled: false`. */
  public static none(): OffsetSync {
    return new OffsetSync([], false);
  }

  private constructor(
    private readonly filters: readonly GroupFilter[],
    private readonly enabled = true,
    private readonly intervalMs = 30_000,
  ) {}

  /** @internal */
  public get _settings(): Record<string, string> {
    const { enabled, intervalMs } = this;
    if (this.filters.length === 0) {
      return { 'consumer.offset.sync.enable': String(enabled) };
    }
    const groupFilters = this.filters.map(({ name, patternType, filterType }) => ({ name, patternType, filterType }));
    return {
      'consumer.offset.sync.enable': String(enabled),
      'consumer.offset.sync.ms': String(intervalMs),
      'consumer.offset.group.filters': literalText(stableJson({ groupFilters })),
    };
  }

  /** Groups that both syncs carry, as a filter takes them in; undefined where there are none. @internal */
  public _common(other: OffsetSync): string | undefined {
    if (!this.enabled || !other.enabled) {
      return undefined;
    }
    const excluded = [...this.filters, ...other.filters].filter(({ filterType }) => filterType === 'EXCLUDE');
    const common = this.filters
      .filter(({ filterType }) => filterType === 'INCLUDE')
      .flatMap((mine) =>
        other.filters
          .filter(({ filterType }) => filterType === 'INCLUDE')
          .flatMap((theirs) => (mine._takesIn(theirs) ? [theirs] : theirs._takesIn(mine) ? [mine] : [])),
      )
      .find((groups) => !excluded.some((filter) => filter._takesIn(groups)));
    return common && (common.patternType === 'PREFIXED' ? `${common.name}*` : common.name);
  }

  /**
   * What is to be said of groups that are granted and not synced.
   *
   * @param granted the ACLs of the pair
   * @internal
   */
  public _leftOut(granted: readonly AclEntry[]): string[] {
    if (!this.enabled) {
      return ['Offsets of consumer groups are not synced: after a failover consumers begin where their settings say.'];
    }
    const groups = granted.filter(({ resourceType, resourceName }) => {
      return resourceType === 'GROUP' && !isUnresolved(resourceName);
    });
    const leftOut = groups.filter(({ resourceName, patternType }) => {
      const meets = (filterType: string, wanted: 'all' | 'some'): boolean =>
        this.filters.some(
          (filter) => filter.filterType === filterType && filter._meets(resourceName, patternType, wanted),
        );
      return (
        !this.filters.some(({ name }) => isUnresolved(name)) && (!meets('INCLUDE', 'all') || meets('EXCLUDE', 'some'))
      );
    });
    return [
      ...new Set(
        leftOut.map(({ resourceName, patternType }) => resourceName + (patternType === 'PREFIXED' ? '*' : '')),
      ),
    ].map((name) => `Group ${name} is granted, and the filters of the offset sync leave it out, or a part of it.`);
  }

  /** @internal */
  public _check(problems: Problems, property: string): void {
    checkEnabled(problems, property, this.enabled);
    checkInterval(problems, `${property}.intervalMs`, this.intervalMs);
    this.filters.forEach(({ name, patternType }, index) => {
      if (name !== '*' || patternType === 'PREFIXED') {
        problems.required(`${property}.filters[${index}].name`, name, GROUP_NAME);
      }
    });
    problems.require(this.filters.length === 0 || this.filters.some(({ filterType }) => filterType === 'INCLUDE'), {
      property: `${property}.filters`,
      received: 'only groups to leave out',
      allowed: 'at least one filter that takes groups in',
      advice: 'Begin with GroupFilter.all().',
    });
  }
}

markKind(OffsetSync, 'OffsetSync');
