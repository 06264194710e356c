import { Fn, Token } from 'cdktf';
import { isUnresolved } from '../validation/problems';
import { markKind } from '../validation/kind';
import {
  ofOptional,
  type PropertiesOf,
  recordShape,
  requireArgument,
  textShape,
  textsShape,
} from '../validation/shape';
import { bootstrapAndBrokers, clusterPatterns, exactHost } from '../server-names/server-name-pattern';

/** The endpoints of a cluster and its Schema Registry, as Confluent's API and provider give them. */
export interface ClusterEndpoints {
  /** `SASL_SSL://host:9092` of a public cluster, `host:9092` of a private one, or the bare host. */
  readonly bootstrapEndpoint: string;
  /** `https://host:443`, or the bare host. @default - the bootstrap host, as on Confluent Cloud */
  readonly restEndpoint?: string;
  /** `https://host`, or the bare host. @default - the cluster is used without Schema Registry */
  readonly schemaRegistryEndpoint?: string;
  /** `https://host`, or the bare host; it can differ from the Schema Registry's. @default - none */
  readonly catalogEndpoint?: string;
  /** Further hosts of the cluster, such as private endpoints of its Schema Registry. @default - none */
  readonly otherHosts?: string[];
  /**
   * Regular expressions, without anchors, for brokers whose names cannot be told from the bootstrap host's, and for those
   * of clusters that share a private-link network: names that bear the network alone are not derived beside these.
   *
   * @default - the names of brokers are derived from the bootstrap host: `bN-…` and `…-gNNN`, and on private link of
   * dedicated clusters `e-…-azN-<network>`, which any cluster of that network can have
   */
  readonly brokerHostPatterns?: string[];
}

const ENDPOINTS: PropertiesOf<ClusterEndpoints> = {
  bootstrapEndpoint: true,
  restEndpoint: true,
  schemaRegistryEndpoint: true,
  catalogEndpoint: true,
  otherHosts: true,
  brokerHostPatterns: true,
};

/**
 * The host names by which clients reach one cluster: one value that the proxy, the outputs and the runbook share.
 *
 * It is made of plain names as well as of what only Terraform will know.
 */
export class ClusterHostNames {
  /** Derives the names from the endpoints. */
  public static fromEndpoints(endpoints: ClusterEndpoints): ClusterHostNames {
    const what = 'endpoints';
    requireArgument(
      recordShape(
        what,
        endpoints,
        "{ bootstrapEndpoint: 'pkc-abc123.westeurope.azure.confluent.cloud:9092' }",
        ENDPOINTS,
      ),
    );
    requireArgument(textShape(`${what}.bootstrapEndpoint`, endpoints.bootstrapEndpoint));
    const { restEndpoint, schemaRegistryEndpoint, catalogEndpoint, otherHosts, brokerHostPatterns } = endpoints;
    for (const shape of ofOptional(
      textShape(`${what}.restEndpoint`, restEndpoint),
      textShape(`${what}.schemaRegistryEndpoint`, schemaRegistryEndpoint),
      textShape(`${what}.catalogEndpoint`, catalogEndpoint),
      textsShape(`${what}.otherHosts`, otherHosts, "['lsrc-1.westeurope.azure.private.confluent.cloud']"),
      textsShape(`${what}.brokerHostPatterns`, brokerHostPatterns, "['e-[0-9a-z]+-az1-n1…']"),
    )) {
      requireArgument(shape);
    }
    requirePorts(endpoints);
    return new ClusterHostNames(endpoints);
  }

  /** Host for bootstrapping Kafka clients, port 9092. */
  public readonly bootstrap: string;
  /** Host of the Kafka REST API, port 443. */
  public readonly rest: string;
  /** Host of the Schema Registry, port 443; undefined where the cluster is used without one. */
  public readonly schemaRegistry?: string;
  /** Host of the stream catalog, port 443; undefined where the cluster is used without one. */
  public readonly catalog?: string;
  /** Further hosts. */
  public readonly otherHosts: string[];
  /** Regular expressions for the brokers' names, given and derived; the bootstrap host is among them. */
  public readonly brokerPatterns: string[];

  /** The patterns of brokers that were given. @internal */
  public readonly _givenBrokers: string[];

  private constructor(endpoints: ClusterEndpoints) {
    this.bootstrap = hostOf(endpoints.bootstrapEndpoint);
    this.rest = endpoints.restEndpoint === undefined ? this.bootstrap : hostOf(endpoints.restEndpoint);
    this.schemaRegistry = optionalHostOf(endpoints.schemaRegistryEndpoint);
    this.catalog = optionalHostOf(endpoints.catalogEndpoint);
    this.otherHosts = (endpoints.otherHosts ?? []).map(hostOf);
    this._givenBrokers = endpoints.brokerHostPatterns ?? [];
    this.brokerPatterns =
      this._givenBrokers.length > 0
        ? [bootstrapAndBrokers(this.bootstrap, replace), ...this._givenBrokers]
        : clusterPatterns(this.bootstrap, replace);
  }

  /** Hosts that belong to the environment rather than to the cluster, so that another cluster can have them too. */
  public get environmentHosts(): string[] {
    return [this.schemaRegistry, this.catalog, ...this.otherHosts].filter((host) => host !== undefined);
  }
}

markKind(ClusterHostNames, 'ClusterHostNames');

/** The proxy listens on 9092 and on 443, and hands a connection on to the port that it came in by. */
function requirePorts(endpoints: ClusterEndpoints): void {
  const { bootstrapEndpoint, restEndpoint, schemaRegistryEndpoint, catalogEndpoint, otherHosts = [] } = endpoints;
  const others = { restEndpoint, schemaRegistryEndpoint, catalogEndpoint, ...indexed('otherHosts', otherHosts) };
  for (const [property, endpoint] of Object.entries(others)) {
    const port = portOf(endpoint);
    requireArgument({
      ok: port === undefined || port === '443',
      property: `endpoints.${property}`,
      received: endpoint,
      allowed: 'the port 443, or none',
      advice: 'Confluent Cloud serves HTTPS on no other, and neither does the proxy.',
    });
  }
  const port = portOf(bootstrapEndpoint);
  requireArgument({
    ok: port === undefined || port === '9092',
    property: 'endpoints.bootstrapEndpoint',
    received: bootstrapEndpoint,
    allowed: 'the port 9092, or none',
    advice: 'Clusters on Confluent Cloud have no other for Kafka clients, and the proxy serves no other.',
  });
}

function portOf(endpoint?: string): string | undefined {
  if (endpoint === undefined || isUnresolved(endpoint)) {
    return undefined;
  }
  return /^[^/:]*:([^/]*)/.exec(withoutScheme(endpoint))?.[1];
}

function indexed(property: string, list: readonly string[]): Record<string, string> {
  return isUnresolved(list) ? {} : Object.fromEntries(list.map((entry, index) => [`${property}[${index}]`, entry]));
}

function optionalHostOf(endpoint?: string): string | undefined {
  return endpoint === undefined ? undefined : hostOf(endpoint);
}

/** The host in an endpoint, with or without scheme and port. */
function hostOf(endpoint: string): string {
  return replace(withoutScheme(endpoint), '[:/].*$', '');
}

function withoutScheme(endpoint: string): string {
  return replace(endpoint, '^.*:[/][/]', '');
}

/** The regular expression for one host. */
export function exactly(host: string): string {
  return exactHost(host, replace);
}

/** Replaces all that a regular expression finds, now or, with the same meaning, when Terraform knows the text. */
function replace(text: string, pattern: string, by: string): string {
  return Token.isUnresolved(text)
    ? Fn.replace(text, `/${pattern}/`, by.replace(/\\/g, '\\\\'))
    : text.replace(new RegExp(pattern, 'g'), by);
}
