import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import {
  Fn,
  LocalBackend,
  TerraformBackend,
  type TerraformElement,
  type TerraformProvider,
  TerraformStack,
  Token,
} from 'cdktf';
import { type Construct, Node } from 'constructs';
import { ClusterSource } from '../cluster/cluster-source';
import { ConfluentCloudProvider } from '../cluster/confluent-cloud-provider';
import { ConfluentClusterPair } from '../cluster/confluent-cluster-pair';
import { TopicPattern } from '../cluster/topic-pattern';
import { AclSync } from '../link/acl-sync';
import { BidirectionalClusterLink } from '../link/bidirectional-cluster-link';
import { BidirectionalSchemaLink } from '../link/bidirectional-schema-link';
import { GroupFilter, OffsetSync } from '../link/offset-sync';
import { ExportContext, type SchemaExportProps } from '../link/schema-export';
import { ClientAccess } from '../proxy/client-access';
import { NginxFailoverProxy } from '../proxy/nginx-failover-proxy';
import { Outage } from '../proxy/outage';
import { ProxyAdmin } from '../proxy/proxy-admin';
import { DeletionGuard } from '../state/deletion-guard';
import { MORE_REGIONS } from '../validation/azure-region';
import { ContextFlag } from '../validation/context-flag';
import { didYouMean, nearestName } from '../validation/nearest-name';
import { type Problems, validate } from '../validation/problems';
import { ADDRESSES } from './addresses';
import { addChecks } from './checks';
import { ORIGINAL_VM_ID, OriginalMachine } from './original-machine';
import { ActivePassiveOutputs } from './outputs';
import { ActivePassiveVariables } from './variables';

/** The topic that the dry run mirrors. */
const TOPIC = 'active-passive-a';
const LINK = 'active-passive-test';
/** The context value that says what cc_failover_primary is where no tfvars file does. */
const FAILOVER = 'cc_failover_primary';

/**
 * The active-passive dry run: two clusters, links in both directions, one mirrored topic, and a proxy that can take the
 * primary away. It keeps the variables, outputs and addresses of the Terraform configuration that it replaces, so that
 * its `terraform.tfvars` and its state go on.
 */
export class ActivePassiveStack extends TerraformStack {
  /** The Confluent provider. */
  public readonly confluentProvider: ConfluentCloudProvider;
  /** The azurerm provider. */
  public readonly azureProvider: TerraformProvider;
  /** The clusters. */
  public readonly pair: ConfluentClusterPair;
  /** The links between them, with the dry run's topic. */
  public readonly link: BidirectionalClusterLink;
  /** The schema exporters, both ways. */
  public readonly schemaLink: BidirectionalSchemaLink;
  /** The proxy in front of them. */
  public readonly proxy: NginxFailoverProxy;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const failover = new ContextFlag(this, FAILOVER);
    const variables = new ActivePassiveVariables(this, 'Variables', failover.value ?? false);
    validate(this, (problems) => {
      failover.check(problems);
      checkContext(problems, this.node, variables.names);
    });
    this.confluentProvider = this.addConfluent(variables);
    this.azureProvider = this.addAzure(variables);

    const pair = this.addPair(variables);
    this.pair = pair;
    DeletionGuard.of(this).leaveOutWhileEmpty();
    this.link = new BidirectionalClusterLink(this, 'Link', {
      pair,
      linkName: LINK,
      offsetSync: OffsetSync.ofGroups([GroupFilter.all()], { intervalMs: 1000 }),
      aclSync: AclSync.ofClientPermissions(),
      topicConfigSyncMs: 1000,
    });
    const topic = this.link.mirrorTopic(TOPIC);
    this.schemaLink = new BidirectionalSchemaLink(this, 'Schemas', {
      pair,
      primaryToSecondary: exportOf('primary'),
      secondaryToPrimary: exportOf('secondary'),
      skipIfShared: true,
    });
    this.proxy = new NginxFailoverProxy(this, 'Proxy', {
      clusters: pair.members,
      location: variables.azureRegion.stringValue,
      namePrefix: variables.prefix.stringValue,
      securityGroupName: 'vm-nsg',
      publicIpName: 'proxy-public-ip',
      ipConfigurationName: 'testconfiguration1',
      inboundRuleNames: { https: 'allow-https', kafka: 'allow-port-9092' },
      clientCidrs: variables.clientCidrs.listValue,
      admin: ProxyAdmin.password(variables.adminUsername.stringValue, variables.adminPassword.stringValue),
      outage: Outage.of(pair.primary).whenVariable(variables.failoverPrimary),
      clientAccess: ClientAccess.activeOnly(pair.primary, pair.secondary).activeByVariable(variables.active),
    });
    new OriginalMachine(this, 'OriginalMachine', 'azurerm_linux_virtual_machine.main');
    new ActivePassiveOutputs(this, 'Outputs', {
      pair,
      link: this.link,
      topicName: topic.topicName,
      primaryExporterName: exporterOf('primary'),
      secondaryExporterName: exporterOf('secondary'),
      proxy: this.proxy,
    });
    addChecks(this, pair, { context: failover, variable: variables.failoverPrimary });
  }

  /**
   * Finds what other stacks refer to, for which cdktf resolves every value once more than it needs for the synth itself. In an
   * app that has no other stack nothing is to be found.
   */
  public override prepareStack(): void {
    if (this.node.root.node.findAll().some((node) => node !== this && TerraformStack.isStack(node))) {
      super.prepareStack();
    } else if (!this.node.findAll().some((node) => TerraformBackend.isBackend(node))) {
      new LocalBackend(this, {});
    }
  }

  /** Variables and outputs are called what they are; resources what the dry run's state calls them. */
  protected override allocateLogicalId(element: Node | TerraformElement): string {
    const node = element instanceof Node ? element : element.node;
    const path = node.path.slice(this.node.path.length + 1);
    const [top] = path.split('/');
    if (top === 'Variables' || top === 'Outputs') {
      return node.id;
    }
    return ADDRESSES[path] ?? super.allocateLogicalId(element);
  }

  private addConfluent(variables: ActivePassiveVariables): ConfluentCloudProvider {
    return new ConfluentCloudProvider(this, 'Confluent', {
      cloudApiKey: variables.cloudApiKey.stringValue,
      cloudApiSecret: variables.cloudApiSecret.stringValue,
    });
  }

  private addAzure(variables: ActivePassiveVariables): AzurermProvider {
    return new AzurermProvider(this, 'Azure', {
      features: [{}],
      subscriptionId: variables.subscriptionId.stringValue,
      tenantId: variables.tenantId.stringValue,
      clientId: variables.clientId.stringValue,
      clientSecret: variables.clientSecret.stringValue,
    });
  }

  private addPair(variables: ActivePassiveVariables): ConfluentClusterPair {
    const region = variables.azureRegion.stringValue;
    const useExisting = variables.useExistingClusters;
    return new ConfluentClusterPair(this, 'Pair', {
      serviceAccountId: variables.serviceAccount.stringValue,
      primary: {
        environmentId: variables.environmentPrimary.stringValue,
        cluster: ClusterSource.decidedByVariable({
          useExisting,
          existingId: variables.primaryClusterId.stringValue,
          dedicated: { region },
        }),
      },
      secondary: {
        environmentId: variables.environmentSecondary.stringValue,
        cluster: ClusterSource.decidedByVariable({
          useExisting,
          existingId: variables.secondaryClusterId.stringValue,
          dedicated: { region: Token.asString(Fn.coalesce([variables.secondaryRegion.value, region])) },
        }),
      },
      linkTopics: [TopicPattern.literal(TOPIC)],
      // A rehearsal must be able to tear down what it built, so nothing here is ever protected.
      deletionProtection: false,
    });
  }
}

/** Other tools may have values in the context too; what is nearly one of ours, or is a variable, does nothing there. */
function checkContext(problems: Problems, node: Node, variables: readonly string[]): void {
  const known = [FAILOVER, ORIGINAL_VM_ID, MORE_REGIONS];
  const received = Object.keys(node.getAllContext() as Record<string, unknown>).filter((key) => !known.includes(key));
  for (const key of received.filter((name) => variables.includes(name) || nearestName(name, known) !== undefined)) {
    problems.refuse({
      property: 'context',
      received: key,
      allowed: `the values ${known.join(', ')}, and any of other tools`,
      advice: variables.includes(key)
        ? 'It is a variable of Terraform: give it in terraform.tfvars.'
        : `${didYouMean(key, known)}Correct it, or take it out.`,
    });
  }
}

const exporterOf = (memberName: string): string => `${memberName}-exporter`;

function exportOf(memberName: string): SchemaExportProps {
  return {
    exporterName: exporterOf(memberName),
    context: ExportContext.custom(`${memberName}-context`),
    resetOnUpdate: true,
  };
}
