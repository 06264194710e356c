import { Fn, type IResolvable, type TerraformResourceLifecycle, type TerraformVariable, Token } from 'cdktf';
import { type Construct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { isKind, markKind } from '../validation/kind';
import { describeProblem, type Problems } from '../validation/problems';
import { requireArgument, textShape } from '../validation/shape';
import { checkVariableStack, variableShape } from '../validation/variable-shape';

type Precondition = NonNullable<TerraformResourceLifecycle['precondition']>[number];

/** In place of a cluster's name: no cluster is fenced. */
const BOTH = 'both';

type Active = (scope: Construct) => {
  /** A cluster's name or `both`, or an expression for one of these. */
  readonly name: unknown;
  /** What is said to give it. */
  readonly source: string;
  readonly variable?: TerraformVariable;
};

/**
 * Which clusters of a proxy clients are let in to. A cluster that is not the active one is fenced: sessions are closed at once,
 * open ones too, whatever outage there is beside it. Fence and outage are apart: each holds while the other comes and goes.
 */
export class ClientAccess {
  /** All of them. */
  public static both(): ClientAccess {
    return new ClientAccess([], () => ({ name: BOTH, source: 'ClientAccess.both' }));
  }

  /**
   * Exactly one of two: so that clients which name the bootstrap hosts of both find the active one, and nobody writes where
   * it would be lost.
   *
   * @param active the active one, unless `activeByVariable`, `activeByExpression` or `activeByContext` says otherwise
   * @param standby the other one, which is fenced
   */
  public static activeOnly(active: IProxiedCluster, standby: IProxiedCluster): ClientAccess {
    for (const received of [active, standby]) {
      requireArgument({
        ok: typeof received?.clusterName === 'string',
        property: 'ClientAccess.activeOnly',
        received,
        allowed: 'two clusters of the proxy',
        advice: 'Write it as in ClientAccess.activeOnly(pair.primary, pair.secondary).',
      });
    }
    return new ClientAccess([active, standby], () => ({
      name: active.clusterName,
      source: 'ClientAccess.activeOnly',
    }));
  }

  private constructor(
    /** The two of which one is active; empty where none is ever fenced. */
    public readonly clusters: IProxiedCluster[],
    private readonly active: Active,
  ) {}

  /**
   * The active one is the one that a Terraform variable of type string names by its `clusterName`; `both` there fences
   * none. Change it once the mirrors have turned, not before.
   */
  public activeByVariable(variable: TerraformVariable): ClientAccess {
    requireArgument(variableShape('ClientAccess.activeByVariable', variable, 'string'));
    return this.withActive('activeByVariable', () => ({
      name: variable.stringValue,
      source: `var.${variable.friendlyUniqueId}`,
      variable,
    }));
  }

  /**
   * The active one is the one that a Terraform expression yields the `clusterName` of; `both` fences none.
   *
   * @param expression such as a local value, or an attribute of a resource
   */
  public activeByExpression(expression: string): ClientAccess {
    requireArgument({
      ok: typeof expression === 'string' && Token.isUnresolved(expression),
      property: 'ClientAccess.activeByExpression',
      received: expression,
      allowed: 'a Terraform expression that yields a text',
      advice: 'For a cluster that is known in code, name it first in ClientAccess.activeOnly.',
    });
    return this.withActive('activeByExpression', () => ({
      name: expression,
      source: 'ClientAccess.activeByExpression',
    }));
  }

  /**
   * The active one is the one that a context value names by its `clusterName`: from `new App({ context })` or from
   * `CDKTF_CONTEXT_JSON`; `both` fences none, and no value means the first.
   *
   * @param key such as `cc_active`
   */
  public activeByContext(key: string): ClientAccess {
    const shape = textShape('ClientAccess.activeByContext', key);
    requireArgument({ ...shape, ok: shape.ok && key !== '', allowed: 'a text that is not empty' });
    const [first] = this.clusters;
    return this.withActive('activeByContext', (scope) => {
      const received = scope.node.tryGetContext(key) as unknown;
      return { name: received === undefined ? first.clusterName : received, source: `context ${key}` };
    });
  }

  /**
   * Whether each of the clusters is fenced, by its name: `true`, `false`, or a Terraform expression for one of these.
   *
   * @internal
   */
  public _fences(scope: Construct): ReadonlyMap<string, string> {
    const { name } = this.active(scope);
    return new Map(
      this.clusters.map(({ clusterName }) => [
        clusterName,
        Token.isUnresolved(name)
          ? Token.asString(Fn.conditional(Fn.contains([clusterName, BOTH], name), 'false', 'true'))
          : String(name !== clusterName && name !== BOTH),
      ]),
    );
  }

  /** What the plan must refuse where only Terraform knows which one is active. @internal */
  public _preconditions(scope: Construct): Precondition[] {
    const { name, source } = this.active(scope);
    return Token.isUnresolved(name)
      ? [
          {
            condition: Fn.contains(this.allowed, name) as IResolvable,
            errorMessage: describeProblem({ ...this.problem, property: source, received: name }),
          },
        ]
      : [];
  }

  /**
   * Which one is active, a cluster's name or `both`, and the Terraform variable that says so.
   *
   * @internal
   */
  public _active(scope: Construct): { readonly name: string; readonly variable?: TerraformVariable } {
    const { name, variable } = this.active(scope);
    return { name: name as string, variable };
  }

  /** @internal */
  public _check(problems: Problems, scope: Construct, clusters: readonly IProxiedCluster[]): void {
    const { name, source, variable } = this.active(scope);
    checkVariableStack(problems, scope, 'clientAccess.activeByVariable', variable);
    for (const cluster of this.clusters) {
      problems.require(clusters.includes(cluster), {
        property: 'clientAccess',
        received: cluster.clusterName,
        allowed: `a cluster behind this proxy: ${clusters.map(({ clusterName }) => clusterName).join(', ')}`,
        advice: 'Name the cluster in `clusters` too, or another one here.',
      });
      problems.require(cluster.clusterName !== BOTH, {
        property: 'clientAccess',
        received: BOTH,
        allowed: `clusters of another name, for ${BOTH} says that none is fenced`,
        advice: 'Rename the cluster for the proxy: ProxiedCluster.fromEndpoints takes a name.',
      });
    }
    const [one, other] = this.clusters;
    problems.require(this.clusters.length === 0 || one !== other, {
      property: 'clientAccess',
      received: one?.clusterName,
      allowed: 'two clusters that differ',
      advice: 'Write it as in ClientAccess.activeOnly(pair.primary, pair.secondary).',
    });
    problems.require(this.clusters.length === 0 || Token.isUnresolved(name) || this.allowed.includes(String(name)), {
      ...this.problem,
      property: source,
      received: name,
    });
  }

  private get allowed(): string[] {
    return [...this.clusters.map(({ clusterName }) => clusterName), BOTH];
  }

  private get problem(): { readonly allowed: string; readonly advice: string } {
    return {
      allowed: `the name of the active cluster, or ${BOTH}: ${this.allowed.join(', ')}`,
      advice: `Name the one that clients are to reach; ${BOTH} lets them in to both.`,
    };
  }

  private withActive(method: string, active: Active): ClientAccess {
    requireArgument({
      ok: this.clusters.length > 0,
      property: `ClientAccess.${method}`,
      received: 'ClientAccess.both()',
      allowed: 'two clusters of which one is active',
      advice: `Write it as in ClientAccess.activeOnly(pair.primary, pair.secondary).${method}(…).`,
    });
    return new ClientAccess(this.clusters, active);
  }
}

markKind(ClientAccess, 'ClientAccess');

/** What is wished where nothing is said. */
export const accessOf = (access?: ClientAccess): ClientAccess =>
  isKind(access, 'ClientAccess') ? access! : ClientAccess.both();
