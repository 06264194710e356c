import { TerraformProvider, type TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { ConfluentProvider } from '../../.gen/providers/confluent/provider';
import { DeletionGuard } from '../state/deletion-guard';
import { literalText } from '../synthesis/literal-text';
import { isExpression, type Problems, requireShape, validate } from '../validation/problems';
import { ONE_LINE, type TextRule } from '../validation/text-rule';
import { numberShape, ofOptional, type PropertiesOf, requireProps, textShape } from '../validation/shape';

/** How the control plane of Confluent Cloud is reached. */
export interface ConfluentCloudProviderProps {
  /** Cloud API key of the control plane. @default - from the environment, CONFLUENT_CLOUD_API_KEY */
  readonly cloudApiKey?: string;
  /**
   * Its secret: a Terraform variable marked as sensitive, as any other text would stand in the synthesized files.
   *
   * @default - from the environment, CONFLUENT_CLOUD_API_SECRET
   */
  readonly cloudApiSecret?: string;
  /** Address of the control plane. @default - https://api.confluent.cloud */
  readonly endpoint?: string;
  /** How often a request is tried again, at least 4. @default 4 */
  readonly maxRetries?: number;
  /**
   * Tells this provider from others of the stack, for clusters of another organization: a letter or an underscore, then
   * letters, digits, underscores and hyphens. Constructs use it where they are given its `provider`.
   *
   * @default - none: it is the one that constructs use without being told
   */
  readonly alias?: string;
}

const PROVIDER_ALIAS: TextRule = {
  pattern: '^[A-Za-z_][A-Za-z0-9_-]*$',
  allowed: 'a name of Terraform: a letter or an underscore, then letters, digits, underscores and hyphens',
  advice: 'Write it as in other_organization.',
};

const API_KEY: TextRule = {
  pattern: ONE_LINE,
  allowed: 'a key',
  advice: 'Copy it from `confluent api-key list`, or leave it and the secret out for the environment.',
};

const ENDPOINT: TextRule = {
  pattern: '^https?://[^/ \t\r\n]+(/[^\r\n]*)?$',
  allowed: 'an address such as https://api.confluent.cloud',
  advice: 'Leave it out for Confluent Cloud.',
};

const PROVIDER: PropertiesOf<ConfluentCloudProviderProps> = {
  cloudApiKey: true,
  cloudApiSecret: true,
  endpoint: true,
  maxRetries: true,
  alias: true,
};

/** The Confluent provider of a stack. A stack with a pair needs one; provider bindings of your own do as well. */
export class ConfluentCloudProvider extends Construct {
  /** The provider itself, for the `provider` of other constructs and resources. */
  public readonly provider: TerraformProvider;
  /** What makes Terraform refuse to delete what is protected; one in a stack, for all of it. */
  public readonly deletionGuard: TerraformResource;

  constructor(scope: Construct, id: string, props: ConfluentCloudProviderProps = {}) {
    super(scope, id);
    requireProps(this, props, '{ cloudApiKey: key.stringValue, cloudApiSecret: secret.stringValue }', PROVIDER);
    requireShape(
      this,
      ofOptional(
        ...(['cloudApiKey', 'endpoint', 'alias'] as const).map((name) => textShape(name, props[name])),
        numberShape('maxRetries', props.maxRetries),
      ),
    );
    validate(this, (problems) => {
      problems.refuseUnless(props.cloudApiSecret === undefined || isExpression(props.cloudApiSecret), {
        property: 'cloudApiSecret',
        received: '(hidden)',
        allowed: 'a Terraform variable marked as sensitive',
        advice: 'Any other text would stand in the synthesized files; the environment does as well.',
      });
      problems.text('alias', props.alias, PROVIDER_ALIAS);
      checkOnlyOne(problems, this);
      const [given, missing] =
        props.cloudApiKey === undefined ? ['cloudApiSecret', 'cloudApiKey'] : ['cloudApiKey', 'cloudApiSecret'];
      problems.refuseUnless((props.cloudApiKey === undefined) === (props.cloudApiSecret === undefined), {
        property: missing,
        received: undefined,
        allowed: `a key together with its secret; there is a ${given}`,
        advice: 'Give both, or neither and let both come from the environment.',
      });
      problems.text('cloudApiKey', props.cloudApiKey, API_KEY);
      problems.text('endpoint', props.endpoint, ENDPOINT);
      problems.integer('maxRetries', props.maxRetries, 4, 100, 'retries');
    });
    // What was protected stays so when the last pair is taken out of the code.
    this.deletionGuard = DeletionGuard.of(this).resource;
    const { cloudApiKey, endpoint } = props;
    this.provider = new ConfluentProvider(this, 'Resource', {
      ...props,
      cloudApiKey: cloudApiKey === undefined ? undefined : literalText(cloudApiKey),
      endpoint: endpoint === undefined ? undefined : literalText(endpoint),
    });
  }
}

/** A stack has one provider of an alias, and one without. */
function checkOnlyOne(problems: Problems, { provider, node }: ConfluentCloudProvider): void {
  const others = TerraformStack.of(provider)
    .node.findAll()
    .filter((other): other is TerraformProvider => TerraformProvider.isTerraformProvider(other))
    .filter(({ terraformResourceType }) => terraformResourceType === provider.terraformResourceType)
    .filter((other) => other !== provider && other.alias === provider.alias);
  problems.refuseUnless(others.length === 0, {
    property: 'alias',
    received: provider.alias,
    allowed: `one that no other Confluent provider of the stack has; ${others[0]?.node.path} has this one beside ${node.path}`,
    advice: 'Give each but one an alias of its own, and pass its `provider` to the constructs that are to use it.',
  });
}
