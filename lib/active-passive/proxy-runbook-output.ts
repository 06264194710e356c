import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { type IProxiedCluster } from '../cluster/proxied-cluster';
import { type INginxFailoverProxy } from '../proxy/nginx-failover-proxy';
import { requireShape, validate } from '../validation/problems';
import { isRecord, type PropertiesOf, requireProps } from '../validation/shape';
import { checkOnlyRunbook, RUNBOOK, togglesOf } from './runbook-document';

/** What `confluent-dr` is to know of a proxy in a stack of its own. */
export interface ProxyRunbookOutputProps {
  /** The proxy, of this stack, whose clusters `primary` and `secondary` are the pair's members. */
  readonly proxy: INginxFailoverProxy;
}

const PROXY_RUNBOOK_OUTPUT: PropertiesOf<ProxyRunbookOutputProps> = { proxy: true };

/**
 * The output `runbook` of a stack that has the proxy and not the pair: the bootstrap hosts of both members, by which the proxy
 * is known to be that of a pair, its address, who is active, whether the primary is taken away, and the Terraform variables that
 * say so. `confluent-dr failover --proxy-from` and its siblings turn the proxy by it.
 *
 * ```json
 * {
 *   "primary": { "bootstrap_endpoint": "…:9092" }, "secondary": { "bootstrap_endpoint": "…:9092" }, "proxy_public_ip": "…",
 *   "active_member": "primary", "active_variable": "cc_active", "outage_wished": false, "outage_variable": "cc_failover_primary"
 * }
 * ```
 *
 * No secret is in it. A stack has one output `runbook`: where the pair is in the same stack, `RunbookOutput` tells this too.
 */
export class ProxyRunbookOutput extends Construct {
  /** The output itself. */
  public readonly output: TerraformOutput;

  /** @throws Error if the proxy has no clusters called `primary` and `secondary`, or is of another stack */
  constructor(scope: Construct, id: string, props: ProxyRunbookOutputProps) {
    super(scope, id);
    requireProps(this, props, '{ proxy }', PROXY_RUNBOOK_OUTPUT);
    const { proxy } = props;
    requireShape(this, [
      {
        ok: isRecord(proxy) && Array.isArray(proxy.clusters) && Construct.isConstruct(proxy),
        property: 'proxy',
        received: proxy,
        allowed: 'a NginxFailoverProxy',
        advice: 'Make one first and pass it.',
      },
    ]);
    const named = (name: string): IProxiedCluster | undefined =>
      proxy.clusters.find(({ clusterName }) => clusterName === name);
    const [primary, secondary] = [named('primary'), named('secondary')];
    requireShape(this, [
      {
        ok: primary !== undefined && secondary !== undefined,
        property: 'proxy.clusters',
        received: proxy.clusters.map(({ clusterName }) => clusterName),
        allowed: 'clusters that are called primary and secondary, as confluent-dr calls the members of a pair',
        advice: "Name them as in ProxiedCluster.fromEndpoints('primary', …).",
      },
      {
        ok: TerraformStack.of(proxy) === TerraformStack.of(this),
        property: 'proxy',
        received: proxy.node.path,
        allowed: 'a proxy of the same stack, whose variables it tells of',
        advice: 'Make the output in the stack of the proxy.',
      },
    ]);
    validate(this, (problems) => checkOnlyRunbook(problems, this));
    const memberOf = ({ hostNames }: IProxiedCluster) => ({ bootstrap_endpoint: `${hostNames.bootstrap}:9092` });
    const pair = { primary: primary!, secondary: secondary! };
    this.output = new TerraformOutput(this, RUNBOOK, {
      value: {
        primary: memberOf(pair.primary),
        secondary: memberOf(pair.secondary),
        proxy_public_ip: proxy.ipAddress,
        ...togglesOf(this, pair, proxy),
      },
      description: 'The proxy, for confluent-dr',
    });
    this.output.overrideLogicalId(RUNBOOK);
  }
}
