import { propertyAccess, type TerraformProvider, type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { PrivateLinkAttachment as Attachment } from '../../.gen/providers/confluent/private-link-attachment';
import { PrivateLinkAttachmentConnection } from '../../.gen/providers/confluent/private-link-attachment-connection';
import { constructId } from '../synthesis/construct-id';
import { keepState } from '../state/moved-from';
import { literalText } from '../synthesis/literal-text';
import { checkRegion, regionName, regionPrecondition } from '../validation/azure-region';
import { markKind } from '../validation/kind';
import { requireShape, validateOnce } from '../validation/problems';
import { providerShape } from '../validation/provider-shape';
import { codeListShape, noObjectShape, ofOptional, type PropertiesOf, requireProps } from '../validation/shape';
import { azureId, DISPLAY_NAME, ENVIRONMENT_ID } from '../validation/text-rule';
import { judgeAtPlan } from '../validation/variable-validation';

/** What an attachment is to be. */
export interface PrivateLinkAttachmentProps {
  /** Confluent environment of the enterprise clusters that are reached over it: `env-…`. */
  readonly environmentId: string;
  /** Azure region of those clusters, such as `westeurope` or `West Europe`. */
  readonly region: string;
  /**
   * Azure ids of the private endpoints that connect to it, `/subscriptions/…/privateEndpoints/…`. They name
   * `privateLinkServiceAlias`, and so can be of the same stack.
   *
   * @default - none: the endpoints are accepted elsewhere
   */
  readonly privateEndpointIds?: string[];
  /** The attachment's display name, with which those of its connections begin. @default private-link */
  readonly displayName?: string;
  /**
   * The Confluent provider that makes the resources, where the stack has several.
   *
   * @default - the one without an alias
   */
  readonly provider?: TerraformProvider;
  /**
   * The path that this construct had in its stack before it was moved or renamed: Terraform then keeps what it made there.
   *
   * @default - it is where it was
   */
  readonly movedFrom?: string;
}

const ATTACHMENT: PropertiesOf<PrivateLinkAttachmentProps> = {
  environmentId: true,
  region: true,
  privateEndpointIds: true,
  displayName: true,
  provider: true,
  movedFrom: true,
};

/**
 * The way to all enterprise clusters of an environment in one region: an attachment, and a connection for each private
 * endpoint.
 */
export class PrivateLinkAttachment extends Construct {
  /** `platt-…` */
  public readonly attachmentId: string;
  /** The domain of the clusters, such as `westeurope.azure.private.confluent.cloud`: a private zone of it leads to the endpoints. */
  public readonly dnsDomain: string;
  /** The alias that a private endpoint names. */
  public readonly privateLinkServiceAlias: string;
  /** The Azure id that a private endpoint names instead. */
  public readonly privateLinkServiceId: string;
  /** The attachment itself. */
  public readonly attachment: TerraformResource;
  /** A connection for each private endpoint. */
  public readonly connections: TerraformResource[];

  constructor(scope: Construct, id: string, props: PrivateLinkAttachmentProps) {
    super(scope, id);
    requireProps(this, props, "{ environmentId: 'env-abc123', region: 'westeurope' }", ATTACHMENT);
    requireShape(this, [
      noObjectShape('environmentId', props.environmentId),
      noObjectShape('region', props.region),
      ...ofOptional(
        codeListShape('privateEndpointIds', props.privateEndpointIds, '[endpoint.id]'),
        providerShape(this, 'provider', props.provider, 'confluent'),
      ),
    ]);
    const { environmentId, region, privateEndpointIds = [], displayName = 'private-link', provider } = props;
    const checked = validateOnce(this, (problems) => {
      problems.required('environmentId', environmentId, ENVIRONMENT_ID);
      checkRegion(problems, this, 'region', region);
      problems.text('displayName', displayName, DISPLAY_NAME);
      const endpoints = privateEndpointIds.map((endpoint) => String(endpoint).toLowerCase());
      problems.require(new Set(endpoints).size === endpoints.length, {
        property: 'privateEndpointIds',
        received: privateEndpointIds,
        allowed: 'each endpoint once',
        advice: 'Take the others out; Azure compares ids without regard to case.',
      });
      privateEndpointIds.forEach((endpoint, index) =>
        problems.required(`privateEndpointIds[${index}]`, endpoint, azureId('Microsoft.Network/privateEndpoints')),
      );
    });
    keepState(this, props.movedFrom);
    const precondition = regionPrecondition(this, 'region', region);
    const environment = { id: environmentId };
    const attachment = new Attachment(this, 'Resource', {
      displayName: literalText(displayName),
      cloud: 'AZURE',
      region: regionName(region),
      environment,
      provider,
      lifecycle: precondition && { precondition },
    });
    const ofAzure = (name: string) => Token.asString(propertyAccess(attachment.fqn, ['azure', 0, name]));
    this.attachment = attachment;
    judgeAtPlan(attachment, checked);
    this.attachmentId = attachment.id;
    this.dnsDomain = attachment.dnsDomain;
    this.privateLinkServiceAlias = ofAzure('private_link_service_alias');
    this.privateLinkServiceId = ofAzure('private_link_service_resource_id');
    const connections = new Construct(this, 'Connections');
    // One that is there twice is told at synth. Ids are made of the endpoints, so that their order does not matter.
    this.connections = [...new Set(privateEndpointIds)].map(
      (endpoint, index) =>
        new PrivateLinkAttachmentConnection(connections, constructId(connections, endpoint), {
          displayName: literalText(index === 0 ? displayName : `${displayName}-${index + 1}`),
          azure: { privateEndpointResourceId: endpoint },
          environment,
          privateLinkAttachment: { id: attachment.id },
          provider,
        }),
    );
  }
}

markKind(PrivateLinkAttachment, 'PrivateLinkAttachment');
