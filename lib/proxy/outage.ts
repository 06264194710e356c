import { Fn, type IResolvable, Token, type TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { ContextFlag } from '../validation/context-flag';
import { isKind, markKind } from '../validation/kind';
import { isExpression, type Problems } from '../validation/problems';
import { requireArgument, textShape } from '../validation/shape';
import { checkVariableStack, variableShape } from '../validation/variable-shape';
import { type Duration } from './duration';

/** How a cluster is taken away. */
export class OutageManner {
  /** Connections are closed at once, open ones too: what clients see of a cluster that is down. */
  public static readonly REJECT = new OutageManner('reject');
  /** Nothing answers any more: what clients see of a lost network. Open connections stall. */
  public static readonly BLACKHOLE = new OutageManner('blackhole');

  private constructor(
    /** The word that the proxy knows. */
    public readonly word: string,
  ) {}
}

/** Bounds of the time after which an outage ends by itself. */
const LONGEST = [60, 7 * 86_400, 'seconds'] as const;

/** What the proxy is told of a cluster that clients are to reach. */
export const NO_OUTAGE = 'none';
markKind(OutageManner, 'OutageManner');

type Condition = (scope: Construct) => {
  readonly active: boolean | IResolvable;
  readonly flag?: ContextFlag;
  readonly variable?: TerraformVariable;
};

function limited(word: string, seconds: number): string {
  const words = [`${word} for at most`, seconds, 'seconds'];
  return Token.isUnresolved(seconds)
    ? Fn.join(
        ' ',
        words.map((part) => Token.asString(part)),
      )
    : words.join(' ');
}

/** Which clusters the proxy takes away from its clients, how, when, and for how long. */
export class Outage {
  /** Takes these clusters away, until told otherwise: always, and so that connections are closed at once. */
  public static of(...clusters: IProxiedCluster[]): Outage {
    return new Outage(clusters, OutageManner.REJECT, () => ({ active: true }));
  }

  private constructor(
    /** The clusters taken away. */
    public readonly clusters: IProxiedCluster[],
    private readonly manner: OutageManner,
    private readonly condition: Condition,
    private readonly longest?: Duration,
  ) {}

  /** The outage happens where the value is true. */
  public when(active: boolean): Outage {
    return this.under(() => ({ active }));
  }

  /** The outage happens where a Terraform expression is true: a local value, or a condition. */
  public whenExpression(expression: IResolvable): Outage {
    requireArgument({
      ok: isExpression(expression),
      property: 'Outage.whenExpression',
      received: expression,
      allowed: 'a Terraform expression',
      advice: 'Use when for true and false.',
    });
    return this.under(() => ({ active: expression }));
  }

  /** The outage happens where a Terraform variable of type bool is true. */
  public whenVariable(variable: TerraformVariable): Outage {
    requireArgument(variableShape('Outage.whenVariable', variable));
    return this.under(() => ({ active: variable.booleanValue, variable }));
  }

  /**
   * The outage happens where a context value is true: from `new App({ context })` or from `CDKTF_CONTEXT_JSON`.
   *
   * @param key such as `cc_failover_primary`; its values are true and false, and no value means false
   */
  public whenContext(key: string): Outage {
    const shape = textShape('Outage.whenContext', key);
    requireArgument({ ...shape, ok: shape.ok && key !== '', allowed: 'a text that is not empty' });
    return this.under((scope) => {
      const flag = new ContextFlag(scope, key);
      return { active: flag.value ?? false, flag };
    });
  }

  /**
   * Takes the clusters away in a manner of its own.
   *
   * @param manner connections are closed unless another one is given
   */
  public inManner(manner: OutageManner): Outage {
    return new Outage(this.clusters, manner, this.condition, this.longest);
  }

  /**
   * Ends the outage after a time, over a reboot of the proxy too. A later apply with the outage still on does not begin
   * it again; turn it off and on for that.
   */
  public forAtMost(longest: Duration): Outage {
    return new Outage(this.clusters, this.manner, this.condition, longest);
  }

  /**
   * What the proxy is told to do with the clusters of the outage, in words: `none`, `reject`, or
   * `blackhole for at most 3600 seconds`. A Terraform expression where only Terraform knows.
   *
   * @internal
   */
  public _wish(scope: Construct): string {
    const { active } = this.condition(scope);
    if (!isKind(this.manner, 'OutageManner')) {
      return NO_OUTAGE; // told at synth
    }
    const wish = this.longestSeconds === undefined ? this.manner.word : limited(this.manner.word, this.longestSeconds);
    if (!Token.isUnresolved(active)) {
      return active === true ? wish : NO_OUTAGE;
    }
    return Token.asString(Fn.conditional(active, wish, NO_OUTAGE));
  }

  /** What the output `runbook` says of it. @internal */
  public _toggle(scope: Construct): Record<string, unknown> {
    const { active, variable } = this.condition(scope);
    return { outage_wished: active, ...(variable && { outage_variable: variable.friendlyUniqueId }) };
  }

  /** Seconds after which the proxy ends the outage by itself; undefined where it lasts until it is lifted. */
  public get longestSeconds(): number | undefined {
    return isKind(this.longest, 'Duration') ? this.longest!.toSeconds() : undefined;
  }

  /** @internal */
  public _check(problems: Problems, scope: Construct, clusters: readonly IProxiedCluster[]): void {
    const { active, flag, variable } = this.condition(scope);
    flag?.check(problems);
    checkVariableStack(problems, scope, 'outage.whenVariable', variable);
    problems.require(typeof active === 'boolean', {
      property: 'outage.when',
      received: active,
      allowed: 'true or false',
      advice: 'Use whenVariable, whenExpression or whenContext for what is known later.',
    });
    problems.refuseUnless(isKind(this.manner, 'OutageManner'), {
      property: 'outage.inManner',
      received: this.manner,
      allowed: 'OutageManner.REJECT or OutageManner.BLACKHOLE',
      advice: 'Leave it out to close connections.',
    });
    problems.refuseUnless(this.longest === undefined || isKind(this.longest, 'Duration'), {
      property: 'outage.forAtMost',
      received: this.longest,
      allowed: 'a Duration',
      advice: 'Write it as in Duration.hours(2).',
    });
    problems.integer('outage.forAtMost', this.longestSeconds, ...LONGEST);
    problems.require(this.clusters.length > 0, {
      property: 'outage',
      received: this.clusters,
      allowed: 'at least one cluster',
      advice: 'Name it as in Outage.of(pair.primary).',
    });
    for (const cluster of this.clusters) {
      problems.refuseUnless(clusters.includes(cluster), {
        property: 'outage',
        received: cluster?.clusterName ?? cluster,
        allowed: `a cluster behind this proxy: ${clusters.map(({ clusterName }) => clusterName).join(', ')}`,
        advice: 'Name the cluster in `clusters` too, or another one here.',
      });
    }
  }

  private under(condition: Condition): Outage {
    return new Outage(this.clusters, this.manner, condition, this.longest);
  }
}

markKind(Outage, 'Outage');
