import { TerraformVariable, type TerraformVariableConfig } from 'cdktf';
import { Construct } from 'constructs';
import { regionRule } from '../validation/azure-region';
import {
  ADMIN_USERNAME,
  ENVIRONMENT_ID,
  NAME_PREFIX,
  SERVICE_ACCOUNT_ID,
  type TextRule,
} from '../validation/text-rule';
import { variableRule, type VariableRuleOptions } from '../validation/variable-validation';

/** The variables of the dry run's `terraform.tfvars`, and three optional ones. */
export class ActivePassiveVariables extends Construct {
  public readonly cloudApiKey = this.secret('cc_cloud_api_key', 'Confluent Cloud API key of the control plane');
  public readonly cloudApiSecret = this.secret('cc_cloud_api_secret', 'Secret of the Confluent Cloud API key');
  public readonly environmentPrimary = this.ruled('cc_env_primary', ENVIRONMENT_ID, 'Environment of the primary');
  public readonly environmentSecondary = this.ruled(
    'cc_env_secondary',
    ENVIRONMENT_ID,
    'Environment of the secondary; may be that of the primary',
  );
  public readonly serviceAccount = this.ruled(
    'cc_service_account',
    SERVICE_ACCOUNT_ID,
    'Service account that owns keys, role bindings and ACLs',
  );
  public readonly useExistingClusters = this.flag(
    'cc_use_existing_clusters',
    true,
    'Whether to adopt the two clusters below instead of creating them. Do not change it once deployed: ' +
      'every key, link and mirror would be replaced',
  );
  public readonly primaryClusterId = this.clusterId('cc_primary_cluster_id', 'Primary cluster, where it is adopted');
  public readonly secondaryClusterId = this.clusterId(
    'cc_secondary_cluster_id',
    'Secondary cluster, where it is adopted',
  );
  public readonly failoverPrimary: TerraformVariable;
  public readonly clientId = this.text('client_id', 'Azure service principal');
  public readonly clientSecret = this.secret('client_secret', 'Secret of the Azure service principal');
  public readonly subscriptionId = this.text('subscription_id', 'Azure subscription');
  public readonly tenantId = this.text('tenant_id', 'Azure tenant');
  public readonly azureRegion = this.region('azure_region', 'Region of the proxy and of created clusters');
  public readonly prefix = this.ruled('prefix', NAME_PREFIX, 'Begins the names of the Azure resources', {
    default: 'proxy',
  });
  public readonly adminUsername = this.ruled('admin_username', ADMIN_USERNAME, 'Administrator of the proxy VM');
  public readonly adminPassword = this.secret('admin_password', 'Password of the administrator of the proxy VM');
  /** Optional: not among the dry run's. */
  public readonly secondaryRegion = this.region(
    'cc_secondary_region',
    'Region of a created secondary cluster; azure_region unless given, so that a loss of that region takes both',
    '',
  );
  /** Optional: not among the dry run's. */
  public readonly clientCidrs = this.clientCidrsVariable();
  /** Optional: not among the dry run's. */
  public readonly active = this.activeVariable();

  /** @param failoverPrimaryDefault the value of cc_failover_primary where no tfvars and no -var gives one */
  constructor(scope: Construct, id: string, failoverPrimaryDefault: boolean) {
    super(scope, id);
    this.failoverPrimary = this.flag(
      'cc_failover_primary',
      failoverPrimaryDefault,
      'Whether the proxy takes the primary away from its clients',
    );
  }

  /** What all of them are called. */
  public get names(): string[] {
    return this.node.children.map(({ node }) => node.id);
  }

  private add(name: string, config: TerraformVariableConfig): TerraformVariable {
    return new TerraformVariable(this, name, config);
  }

  private flag(name: string, byDefault: boolean, description: string): TerraformVariable {
    return this.add(name, { type: 'bool', default: byDefault, nullable: false, description });
  }

  private text(name: string, description: string): TerraformVariable {
    return this.add(name, { type: 'string', nullable: false, description });
  }

  /** Judged where it is used, for where clusters are created it may be anything. */
  private clusterId(name: string, description: string): TerraformVariable {
    return this.add(name, { type: 'string', description });
  }

  private secret(name: string, description: string): TerraformVariable {
    return this.add(name, { type: 'string', sensitive: true, nullable: false, description });
  }

  private ruled(
    name: string,
    rule: TextRule,
    description: string,
    { default: byDefault, ...options }: VariableRuleOptions & { default?: string } = {},
  ): TerraformVariable {
    return this.add(name, {
      type: 'string',
      description,
      default: byDefault,
      nullable: false,
      validation: [variableRule(name, rule, options)],
    });
  }

  /** Any spelling that Azure takes; with a default it may be left empty. */
  private region(name: string, description: string, byDefault?: string): TerraformVariable {
    const validation = [regionRule(this, name, { orEmpty: byDefault === '' })];
    return this.add(name, { type: 'string', description, default: byDefault, nullable: false, validation });
  }

  private activeVariable(): TerraformVariable {
    const name = 'cc_active';
    return this.add(name, {
      type: 'string',
      default: 'both',
      nullable: false,
      description: 'The one member that the proxy lets clients in to, primary or secondary; both unless given',
      validation: [
        {
          condition: `\${contains(["both", "primary", "secondary"], var.${name})}`,
          errorMessage:
            `${name}: received '\${var.${name}}', allowed: primary, secondary or both. ` +
            'Name the active member, or leave it out to let clients in to both.',
        },
      ],
    });
  }

  private clientCidrsVariable(): TerraformVariable {
    const name = 'client_cidrs';
    return this.add(name, {
      type: 'list(string)',
      default: ['0.0.0.0/0'],
      nullable: false,
      description: 'Address ranges from which clients may reach the proxy; from everywhere unless given',
      validation: [
        {
          condition: `\${length(var.${name}) > 0 && alltrue([for range in var.${name} : try(cidrhost(range, 0) == split("/", range)[0], false)])}`,
          errorMessage:
            `${name}: received \${jsonencode(var.${name})}, allowed: address ranges such as 203.0.113.7/32, with no bits set behind the prefix. ` +
            'For one address append /32.',
        },
      ],
    });
  }
}
