import { TerraformOutput, TerraformResource, TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';
import { KafkaTopic } from '../../.gen/providers/confluent/kafka-topic';
import { type BidirectionalClusterLink } from '../link/bidirectional-cluster-link';
import { type BidirectionalSchemaLink } from '../link/bidirectional-schema-link';
import { type NginxFailoverProxy } from '../proxy/nginx-failover-proxy';
import { RULES_AT_SYNTH } from '../validation/rules-at-synth';
import { resolvedText } from '../synthesis/resolved-text';
import { isKind } from '../validation/kind';
import { isUnresolved } from '../validation/problems';
import { informOfRule, warnOfRule } from '../validation/rules-at-synth';
import { type RunbookOutputProps } from './runbook-output-props';

/** Where `confluent-dr` reads what a proxy said of itself. */
const REPORT = 'proxy_report';

/** Warns of what `confluent-dr` would find wanting with this output, or could not find at all. */
export function warnOfReadiness(output: Construct, props: RunbookOutputProps): void {
  warnOfRule(output, RULES_AT_SYNTH.unmirroredTopics, () => [...namedTopics(props), ...topicsOfStack(output, props)]);
  warnOfRule(output, RULES_AT_SYNTH.exporters, () => untoldExporters(output, props));
  informOfRule(output, RULES_AT_SYNTH.exporters, () => noExporters(output, props));
  warnOfRule(output, RULES_AT_SYNTH.proxyHosts, () => untoldProxies(output, props));
  warnOfRule(output, RULES_AT_SYNTH.proxyState, () => untoldReports(output, props));
}

function namedTopics({ topics = [], link, leaveOut }: RunbookOutputProps): string[] {
  return withoutMirror(topics, { link, leaveOut }).map(
    (name) => `topics names ${name}, which ${link.node.path} does not mirror.`,
  );
}

/** Topics that are made beside the link, by whatever class. */
function topicsOfStack(output: Construct, { link, leaveOut, pair }: RunbookOutputProps): string[] {
  const stack = TerraformStack.of(output);
  const clusters = pair.members.map(({ clusterId }) => resolvedText(stack, clusterId));
  const made = stack.node
    .findAll()
    .filter((element): element is KafkaTopic => isResource(element, KafkaTopic.tfResourceType))
    .filter((topic) => clusters.includes(resolvedText(stack, String(topic.kafkaClusterInput?.id))));
  return made
    .filter(
      ({ topicNameInput: name }) => withoutMirror(name === undefined ? [] : [name], { link, leaveOut }).length > 0,
    )
    .map(
      ({ topicNameInput, node }) =>
        `Topic ${topicNameInput} (${node.path}) has no mirror: what is in it stays behind at a failover. Mirror it, or name it in leaveOut.`,
    );
}

const isResource = (element: unknown, type: string): boolean =>
  TerraformResource.isTerraformResource(element) && element.terraformResourceType === type;

function withoutMirror(
  names: readonly string[],
  { link, leaveOut = [] }: Pick<RunbookOutputProps, 'link' | 'leaveOut'>,
): string[] {
  if (!isKind(link, 'BidirectionalClusterLink')) {
    // What a link of one's own mirrors, nobody tells.
    return [];
  }
  const mirrored = (link as BidirectionalClusterLink)._mirrored;
  const isLeftOut = (name: string): boolean =>
    leaveOut.some((own) => (own.endsWith('*') ? name.startsWith(own.slice(0, -1)) : own === name));
  return isUnresolved(mirrored) || isUnresolved(names)
    ? []
    : names.filter((name) => !mirrored.includes(name) && !isLeftOut(name));
}

const schemaLinksOf = (output: Construct, { pair }: RunbookOutputProps): BidirectionalSchemaLink[] =>
  TerraformStack.of(output)
    .node.findAll()
    .filter((element): element is BidirectionalSchemaLink => isKind(element, 'BidirectionalSchemaLink'))
    .filter((schemas) => schemas._pair === pair);

function untoldExporters(output: Construct, props: RunbookOutputProps): string[] {
  const told = [props.primaryExporterName, props.secondaryExporterName];
  const schemas = schemaLinksOf(output, props);
  return told.flatMap((name, index) => {
    const made = [...new Set(schemas.map(({ _exporterNames }) => _exporterNames[index]))];
    const property = index === 0 ? 'primaryExporterName' : 'secondaryExporterName';
    return made.length === 0 || (name !== undefined && (made.includes(name) || isUnresolved([name, ...made])))
      ? []
      : [`${property} does not name ${made.join(', ')}, so that confluent-dr does not see it stop.`];
  });
}

function noExporters(output: Construct, props: RunbookOutputProps): string[] {
  const { primary, secondary } = props.pair;
  const environments = [primary.environmentId, secondary.environmentId];
  const areApart = !isUnresolved(environments) && environments[0] !== environments[1];
  const isNone = (props.primaryExporterName ?? props.secondaryExporterName) === undefined;
  return areApart && isNone && schemaLinksOf(output, props).length === 0
    ? ['The registries of the members have no exporters here: the schemas of the one are not on the other.']
    : [];
}

function untoldProxies(output: Construct, { pair, proxy }: RunbookOutputProps): string[] {
  const before = TerraformStack.of(output)
    .node.findAll()
    .filter((element): element is NginxFailoverProxy => isKind(element, 'NginxFailoverProxy'))
    .filter(({ clusters }) => pair.members.some((member) => clusters.includes(member)));
  return proxy === undefined
    ? before.map(({ node }) => `${node.path} stands before the pair, and proxy does not name it: it is not looked at.`)
    : [];
}

function untoldReports(output: Construct, { proxy }: RunbookOutputProps): string[] {
  const stack = TerraformStack.of(output);
  const isTold = stack.node
    .findAll()
    .some((element) => element instanceof TerraformOutput && element.friendlyUniqueId === REPORT);
  return proxy === undefined || isTold || TerraformStack.of(proxy) !== stack
    ? []
    : [
        `The stack has no output ${REPORT}, so that nobody sees what ${proxy.node.path} does: ` +
          `new TerraformOutput(this, '${REPORT}', { value: proxy.report }).`,
      ];
}
