import { Construct } from 'constructs';
import { ConfluentProvider } from '../../.gen/providers/confluent/provider';
import { DeletionGuard } from '../state/deletion-guard';
import { literalText } from '../literal-text';
import { isExpression, requireShape, validate } from '../validation/problems';
import { ofOptional, type PropertiesOf, requireProps, textShape } from '../validation/shape';

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
}

const PROVIDER: PropertiesOf<ConfluentCloudProviderProps> = {
  cloudApiKey: true,
  cloudApiSecret: true,
  endpoint: true,
  maxRetries: true,
};

/** The Confluent provider of a stack. A stack with a pair needs one; provider bindings of your own do as well. */
export class ConfluentCloudProvider extends Construct {
  constructor(scope: Construct, id: string, props: ConfluentCloudProviderProps = {}) {
    super(scope, id);
    requireProps(this, props, '{ cloudApiKey: key.stringValue, cloudApiSecret: secret.stringValue }', PROVIDER);
    requireShape(this, ofOptional(textShape('cloudApiKey', props.cloudApiKey), textShape('endpoint', props.endpoint)));
    validate(this, (problems) => {
      problems.refuseUnless(props.cloudApiSecret === undefined || isExpression(props.cloudApiSecret), {
        property: 'cloudApiSecret',
        received: '(hidden)',
        allowed: 'a Terraform variable marked as sensitive',
        advice: 'Any other text would stand in the synthesized files; the environment does as well.',
      });
      problems.integer('maxRetries', props.maxRetries, 4, 100, 'retries');
    });
    // What was protected stays so when the last pair is taken out of the code.
    DeletionGuard.of(this);
    const { cloudApiKey, endpoint } = props;
    new ConfluentProvider(this, 'Resource', {
      ...props,
      cloudApiKey: cloudApiKey === undefined ? undefined : literalText(cloudApiKey),
      endpoint: endpoint === undefined ? undefined : literalText(endpoint),
    });
  }
}
