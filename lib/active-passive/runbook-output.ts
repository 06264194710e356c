import { Fn, Op, TerraformOutput, Token } from 'cdktf';
import { Construct } from 'constructs';
import { type IClusterMember } from '../cluster/cluster-member';
import { type IConfluentClusterPair, shapeOfPair } from '../cluster/cluster-pair';
import { checkTopicName } from '../link/topic-names';
import { isUnresolved, type Problems, requireShape, validate, validateOnce } from '../validation/problems';
import {
  isRecord,
  numberShape,
  ofOptional,
  type PropertiesOf,
  requireProps,
  textShape,
  textsShape,
} from '../validation/shape';
import { EXPORTER_NAME, type TextRule, TOPIC_NAME } from '../validation/text-rule';
import { preconditionsOf } from '../validation/variable-validation';
import { warnOfReadiness } from './runbook-readiness';
import { checkOnlyRunbook, RUNBOOK, togglesOf } from './runbook-document';
import { type RunbookOutputProps } from './runbook-output-props';

const LEFT_OUT: TextRule = {
  pattern: '^([A-Za-z0-9._-]{1,249}|[A-Za-z0-9._-]{0,248}[*])$',
  allowed: 'the name of a topic, or the beginning of names that ends in *',
  advice: 'Write test-* for all topics that begin with test-.',
};

const RUNBOOK_OUTPUT: PropertiesOf<RunbookOutputProps> = {
  pair: true,
  link: true,
  topics: true,
  leaveOut: true,
  maxLagSeconds: true,
  maxLagRecords: true,
  canaryTopic: true,
  primaryExporterName: true,
  secondaryExporterName: true,
  proxy: true,
};

/**
 * The sensitive output `runbook`: all that `confluent-dr` needs to know of a deployment, as one object. A stack has one: a second
 * one is refused, as are a link and a proxy of another pair.
 *
 * ```json
 * {
 *   "primary": {
 *     "environment_id": "env-…", "cluster_id": "lkc-…", "region": "…",
 *     "rest_endpoint": "https://…:443", "bootstrap_endpoint": "SASL_SSL://…:9092",
 *     "kafka_api_key": "…", "kafka_api_secret": "…", "principal": "User:sa-…",
 *     "schema_registry_id": "lsrc-…", "schema_registry_endpoint": "https://…",
 *     "schema_registry_api_key": "…", "schema_registry_api_secret": "…", "exporter_names": ["…"],
 *     "broker_host_patterns": ["…"]
 *   },
 *   "secondary": { … the same … },
 *   "link_name": "…", "topics": ["…"], "leave_out": ["…"], "max_lag": "30s", "max_lag_records": 1000,
 *   "canary_topic": "…", "proxy_public_ip": "…",
 *   "active_member": "primary", "active_variable": "cc_active", "outage_wished": false, "outage_variable": "cc_failover_primary"
 * }
 * ```
 *
 * The last four are there where the proxy is of the same stack and knows its members as `primary` and `secondary`: which one
 * clients are let in to, whether the primary is taken away from them, and the Terraform variables that say so.
 *
 * Members that share an environment share its registry, and have no exporters. Patterns of brokers are there where the
 * pair was given some.
 */
export class RunbookOutput extends Construct {
  /** The output itself. */
  public readonly output: TerraformOutput;

  constructor(scope: Construct, id: string, props: RunbookOutputProps) {
    super(scope, id);
    requireProps(this, props, '{ pair, link }', RUNBOOK_OUTPUT);
    const { pair, link, proxy, topics, leaveOut, maxLagSeconds, maxLagRecords } = props;
    requireShape(this, [
      shapeOfPair(pair),
      {
        ok: isRecord(link) && isRecord(link.pair) && Construct.isConstruct(link),
        property: 'link',
        received: link,
        allowed: 'a BidirectionalClusterLink',
        advice: 'Make one first and pass it.',
      },
      ...ofOptional(
        textsShape('topics', topics, "['orders']"),
        textsShape('leaveOut', leaveOut, "['test-*']"),
        ...(['maxLagSeconds', 'maxLagRecords'] as const).map((name) => numberShape(name, props[name])),
        ...(['canaryTopic', 'primaryExporterName', 'secondaryExporterName'] as const).map((name) =>
          textShape(name, props[name]),
        ),
        {
          ok: isRecord(proxy) && Array.isArray(proxy.clusters) && Construct.isConstruct(proxy),
          property: 'proxy',
          received: proxy,
          allowed: 'a NginxFailoverProxy',
          advice: 'Write it as in new NginxFailoverProxy(…).',
        },
      ),
    ]);
    const checked = validateOnce(this, (problems) => {
      problems.texts('topics', topics ?? [], TOPIC_NAME);
      problems.texts('leaveOut', leaveOut ?? [], LEFT_OUT);
      if (props.canaryTopic !== undefined) {
        checkTopicName(problems, 'canaryTopic', props.canaryTopic);
      }
      problems.integer('maxLagSeconds', maxLagSeconds, 1, 86_400, 'seconds');
      problems.integer('maxLagRecords', maxLagRecords, 0, 999_999_999_999_999, 'records');
      problems.text('primaryExporterName', props.primaryExporterName, EXPORTER_NAME);
      problems.text('secondaryExporterName', props.secondaryExporterName, EXPORTER_NAME);
    });
    validate(this, (problems) => {
      checkBelonging(problems, props);
      checkOnlyRunbook(problems, this);
    });
    this.output = new TerraformOutput(this, RUNBOOK, {
      value: {
        primary: memberOf(pair.primary, exportersOf(pair, props.primaryExporterName)),
        secondary: memberOf(pair.secondary, exportersOf(pair, props.secondaryExporterName)),
        link_name: link.linkName,
        ...(topics && { topics }),
        ...(leaveOut && { leave_out: leaveOut }),
        ...(maxLagSeconds !== undefined && { max_lag: `${maxLagSeconds}s` }),
        ...(maxLagRecords !== undefined && { max_lag_records: maxLagRecords }),
        ...(props.canaryTopic !== undefined && { canary_topic: props.canaryTopic }),
        ...(proxy && { proxy_public_ip: proxy.ipAddress }),
        ...(proxy && togglesOf(this, pair, proxy)),
      },
      description: 'The deployment, for confluent-dr',
      sensitive: true,
    });
    const preconditions = preconditionsOf(this, checked);
    if (preconditions.length > 0) {
      this.output.addOverride(
        'precondition',
        preconditions.map(({ condition, errorMessage }) => ({
          condition: condition as unknown,
          error_message: errorMessage,
        })),
      );
    }
    this.output.overrideLogicalId(RUNBOOK);
    warnOfReadiness(this, props);
  }
}

/** Says what belongs to another pair: the tool would operate on clusters and a link that have nothing to do with each other. */
function checkBelonging(problems: Problems, { pair, link, proxy }: RunbookOutputProps): void {
  problems.require(link.pair === pair, {
    property: 'link',
    received: link.node.path,
    allowed: `a link of the pair ${pair.node.path}`,
    advice: `This one links ${link.pair.node.path}.`,
  });
  // Clusters that are known by their names alone can be anybody's.
  const members = proxy?.clusters.filter((cluster): cluster is IClusterMember => 'clusterId' in cluster) ?? [];
  problems.require(members.length === 0 || pair.members.every((member) => proxy?.clusters.includes(member)), {
    property: 'proxy',
    received: proxy?.node.path,
    allowed: `a proxy that leads to both members of ${pair.node.path}`,
    advice: `This one leads to ${members.map(({ node }) => node.path).join(', ')}.`,
  });
}

function memberOf(member: IClusterMember, exporterNames: unknown): Record<string, unknown> {
  return {
    environment_id: member.environmentId,
    cluster_id: member.clusterId,
    region: member.region,
    rest_endpoint: member.restEndpoint,
    bootstrap_endpoint: member.bootstrapEndpoint,
    kafka_api_key: member.kafkaCredentials.key,
    kafka_api_secret: member.kafkaCredentials.secret,
    principal: member.principal,
    schema_registry_id: member.schemaRegistryId,
    schema_registry_endpoint: member.schemaRegistryEndpoint,
    schema_registry_api_key: member.schemaRegistryCredentials.key,
    schema_registry_api_secret: member.schemaRegistryCredentials.secret,
    exporter_names: exporterNames,
    ...(member.hostNames._givenBrokers.length > 0 && { broker_host_patterns: member.hostNames._givenBrokers }),
  };
}

/** Decided now where the environments are known, and by Terraform where they are not. */
function exportersOf({ primary, secondary }: IConfluentClusterPair, name?: string): unknown {
  if (name === undefined) {
    return [];
  }
  const environments = [primary.environmentId, secondary.environmentId];
  if (isUnresolved(environments)) {
    return Token.asAny(Fn.conditional(Op.eq(environments[0], environments[1]), [], [name]));
  }
  return environments[0] === environments[1] ? [] : [name];
}
