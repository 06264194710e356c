import { Fn, Op, type TerraformResourceLifecycle, Token } from 'cdktf';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { HOST_NAME } from '../server-names/server-name-pattern';
import { markKind } from '../validation/kind';
import { describeProblem, isUnresolved, type Problem, type Problems } from '../validation/problems';
import {
  noObjectShape,
  ofOptional,
  type PropertiesOf,
  recordShape,
  requireArgument,
  textsShape,
} from '../validation/shape';
import { azureId } from '../validation/text-rule';
import { leadsToItself, loop, loopPreconditions, type OwnResolution, sameId } from './own-resolution';

/** Which names lead to the proxy, beside those that are known of each cluster. */
export interface PrivateZonesProps {
  /**
   * How many brokers each cluster has whose brokers are `b0-…`, `b1-…` before its bootstrap host, as on public clusters; 1 to
   * 100. `confluent-dr hosts` tells how many there are; zones for brokers that are to come do no harm.
   *
   * @default - brokers are named by `brokerHosts`
   */
  readonly brokers?: number;
  /**
   * Names of brokers, as `confluent-dr hosts` lists them; each must be let through by the proxy.
   *
   * @default - brokers are counted by `brokers`
   */
  readonly brokerHosts?: string[];
  /** Azure ids of further networks whose clients are led to the proxy. @default - the one network */
  readonly furtherNetworkIds?: string[];
}

const PROPS: PropertiesOf<PrivateZonesProps> = { brokers: true, brokerHosts: true, furtherNetworkIds: true };

/** What Confluent has of domains: a zone of one of these would take all other clusters, and the control plane, too. */
const PUBLIC_DOMAIN =
  '^(([0-9a-z-]+[.])?(aws|azure|gcp)([.](accesspoint|glb|intranet|private|stable))*[.])?([a-z]+[.])?confluent[.]cloud$';

const NETWORK = azureId('Microsoft.Network/virtualNetworks');

/** How clients find the proxy in place of the clusters. */
export class ProxyDns {
  /** By hosts files, on each client's machine: nothing is made for it, and `confluent-dr hosts` prints the lines. */
  public static hosts(): ProxyDns {
    return new ProxyDns();
  }

  /**
   * By private zones of Azure DNS, which answer in one network, or more, of clients: one for each host name of each cluster, so
   * that every other name is resolved as before.
   *
   * The proxy must not resolve by these zones itself, or it would lead to itself: it stands in another network, or asks
   * `resolvers` that know nothing of the zones.
   *
   * @param virtualNetworkId Azure id of the clients' network, best from a data source
   */
  public static privateZones(virtualNetworkId: string, props: PrivateZonesProps = {}): ProxyDns {
    const what = 'ProxyDns.privateZones';
    requireArgument(noObjectShape(`${what}, virtualNetworkId`, virtualNetworkId));
    requireArgument(recordShape(what, props, '{ brokers: 12 }', PROPS));
    for (const shape of ofOptional(
      textsShape(`${what}, brokerHosts`, props.brokerHosts, "['b0-pkc-11111.westeurope.azure.confluent.cloud']"),
      textsShape(`${what}, furtherNetworkIds`, props.furtherNetworkIds, "['/subscriptions/…/virtualNetworks/spoke']"),
    )) {
      requireArgument(shape);
    }
    return new ProxyDns([virtualNetworkId, ...(props.furtherNetworkIds ?? [])], props);
  }

  private constructor(
    /** @internal */
    public readonly _networkIds: readonly string[] = [],
    private readonly props: PrivateZonesProps = {},
  ) {}

  /** The names of the zones: of each cluster, and of each broker. @internal */
  public _hosts(clusters: readonly IProxiedCluster[]): string[] {
    const { brokers = 0, brokerHosts = [] } = this.props;
    const known = clusters.flatMap(({ hostNames }) => [
      hostNames.bootstrap,
      hostNames.rest,
      ...hostNames.environmentHosts,
    ]);
    const counted = clusters
      .filter(({ hostNames: { bootstrap } }) => isUnresolved(bootstrap) || hasCountedBrokers(bootstrap))
      .flatMap(({ hostNames: { bootstrap } }) =>
        Array.from({ length: isCount(brokers) ? brokers : 0 }, (_, index) => brokerOf(bootstrap, index)),
      );
    return [...new Set([...known, ...counted, ...brokerHosts])];
  }

  /** @internal */
  public _check(problems: Problems, clusters: readonly IProxiedCluster[], own: OwnResolution): void {
    if (this._networkIds.length === 0) {
      return;
    }
    const { brokers, brokerHosts = [] } = this.props;
    problems.refuseUnless(brokers === undefined || isCount(brokers), {
      property: 'dns.brokers',
      received: brokers,
      allowed: `a whole number from 1 to ${MOST_BROKERS} (brokers of each cluster), written in code`,
      advice: 'Take the number that `confluent-dr hosts` lists, or more.',
    });
    const isList = !Token.isUnresolved(brokerHosts) && !brokerHosts.some((host) => host.startsWith('#{TfToken['));
    problems.refuseUnless(isList, {
      property: 'dns.brokerHosts',
      received: 'a list that only Terraform knows',
      allowed: 'a list in code',
      advice: 'Its entries may be expressions.',
    });
    (isList ? brokerHosts : []).forEach((host, index) =>
      checkBrokerHost(problems, `dns.brokerHosts[${index}]`, host, clusters),
    );
    clusters.forEach((cluster) => this.checkCluster(problems, cluster));
    this.checkNetworks(problems, own);
  }

  /** What the plan must refuse of what only Terraform knows. @internal */
  public _preconditions(own: OwnResolution, zone: string): NonNullable<TerraformResourceLifecycle['precondition']> {
    return [
      ...this._networkIds.flatMap((id) => loopPreconditions(own, id)),
      {
        condition: Op.not(Fn.can(Fn.regex(PUBLIC_DOMAIN, zone))),
        errorMessage: describeProblem(wholeDomain('a cluster', zone)),
      },
    ];
  }

  private checkCluster(problems: Problems, { clusterName, hostNames }: IProxiedCluster): void {
    const { brokers, brokerHosts = [] } = this.props;
    const { bootstrap, rest, environmentHosts, brokerPatterns } = hostNames;
    [...new Set([bootstrap, rest, ...environmentHosts])].forEach((host) =>
      problems.require(!isPublicDomain(host), wholeDomain(clusterName, host)),
    );
    const isCounted = brokers !== undefined && (isUnresolved(bootstrap) || hasCountedBrokers(bootstrap));
    const isNamed = brokerHosts.some(
      (host) => isUnresolved([host, ...brokerPatterns]) || isOneOf(host, brokerPatterns),
    );
    problems.refuseUnless(isCounted || isNamed, {
      property: 'dns',
      received: `no name of a broker of '${clusterName}'`,
      allowed: hasCountedBrokers(bootstrap)
        ? 'the number of its brokers, or their names'
        : `the names of its brokers, which do not follow from ${isUnresolved(bootstrap) ? 'its bootstrap host' : bootstrap} and a number`,
      advice:
        'Clients would reach the bootstrap by the proxy and the brokers past it. Take them from `confluent-dr hosts`, as in ' +
        'ProxyDns.privateZones(network, { brokers: 12 }) or { brokerHosts: […] }.',
    });
  }

  private checkNetworks(problems: Problems, own: OwnResolution): void {
    this._networkIds.forEach((id, index) => {
      const property = index === 0 ? 'dns.virtualNetworkId' : `dns.furtherNetworkIds[${index - 1}]`;
      problems.required(property, id, NETWORK);
      problems.refuseUnless(this._networkIds.findIndex((other) => sameId(other, id)) === index, {
        property,
        received: id,
        allowed: 'each network once',
        advice: 'Take it out.',
      });
      problems.refuseUnless(!leadsToItself(own, id), { ...loop(id), property });
    });
  }
}

markKind(ProxyDns, 'ProxyDns');

function wholeDomain(clusterName: string, received: string): Problem {
  return {
    property: `dns, a host of '${clusterName}'`,
    received,
    allowed: 'host names of a cluster or its registry, and no domain that others have names in, too',
    advice:
      'A zone of it would take every other name of that domain away from the clients of the network. Spell the host out.',
  };
}

function checkBrokerHost(
  problems: Problems,
  property: string,
  host: string,
  clusters: readonly IProxiedCluster[],
): void {
  const patterns = clusters.flatMap(({ hostNames }) => hostNames.brokerPatterns);
  problems.require(new RegExp(HOST_NAME).test(host) && (isUnresolved(patterns) || isOneOf(host, patterns)), {
    property,
    received: host,
    allowed: 'the whole name of a broker that the proxy lets through, in lower case',
    advice: 'Copy it from `confluent-dr hosts`; a name that no cluster has would lead its clients nowhere.',
  });
}

const MOST_BROKERS = 100;

const isCount = (count: number): boolean =>
  Number.isInteger(count) && !isUnresolved(count) && count >= 1 && count <= MOST_BROKERS;

const isPublicDomain = (host: string): boolean => new RegExp(PUBLIC_DOMAIN).test(host);

/** Public clusters alone: elsewhere names bear groups and zones. */
const hasCountedBrokers = (bootstrap: string): boolean => !isUnresolved(bootstrap) && bootstrap.startsWith('pkc-');

const isOneOf = (host: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) => !isUnresolved(pattern) && new RegExp(`^${pattern}$`).test(host));

function brokerOf(bootstrap: string, index: number): string {
  return isUnresolved(bootstrap) ? Fn.join('', [`b${index}-`, bootstrap]) : `b${index}-${bootstrap}`;
}
