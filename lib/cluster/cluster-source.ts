import { type TerraformVariable } from 'cdktf';
import { type IConstruct } from 'constructs';
import { checkVariableStack, variableShape } from '../validation/variable-shape';
import { checkRegion } from '../validation/azure-region';
import { isKind, markKind } from '../validation/kind';
import { type Problems } from '../validation/problems';
import { noObjectShape, type PropertiesOf, recordShape, requireArgument } from '../validation/shape';
import { CLUSTER_ID, DISPLAY_NAME, NETWORK_ID } from '../validation/text-rule';

/** How many zones a cluster spans. */
export class ClusterAvailability {
  /** One zone: what a rehearsal needs. */
  public static readonly SINGLE_ZONE = new ClusterAvailability('SINGLE_ZONE', 1);
  /** Several zones; needs 2 CKU. */
  public static readonly MULTI_ZONE = new ClusterAvailability('MULTI_ZONE', 2);
  /** The newer word for one zone. */
  public static readonly LOW = new ClusterAvailability('LOW', 1);
  /** The newer word for several zones; needs 2 CKU, which nothing else checks before the cluster is billed. */
  public static readonly HIGH = new ClusterAvailability('HIGH', 2);

  private constructor(
    /** The provider's word. */
    public readonly word: string,
    /** The fewest CKU a dedicated cluster of this availability can have. */
    public readonly minimumCku: number,
  ) {}
}

markKind(ClusterAvailability, 'ClusterAvailability');

/** A dedicated cluster on Azure, the kind that links in both directions need. */
export interface DedicatedClusterProps {
  /** Azure region, such as `westeurope` or `West Europe`. The two members belong in different ones. */
  readonly region: string;
  /**
   * Confluent units for Kafka: at least 1, at least 2 where the availability spans zones.
   *
   * @default 2
   */
  readonly cku?: number;
  /** How many zones it spans. @default ClusterAvailability.SINGLE_ZONE */
  readonly availability?: ClusterAvailability;
  /** The cluster's display name. @default - active-passive-primary or active-passive-secondary */
  readonly displayName?: string;
  /**
   * Id of a Confluent network (`n-…`) for private networking; changing it replaces the cluster.
   *
   * @default - public internet
   */
  readonly networkId?: string;
}

/** The choice between adopting and creating, left to a Terraform variable. */
export interface ClusterDecidedByVariableProps {
  /** A variable of type bool: true adopts `existingId`, false creates `dedicated`. */
  readonly useExisting: TerraformVariable;
  /** Id of the cluster to adopt (`lkc-…`), often a variable too; not looked at where one is created. */
  readonly existingId: string;
  /** The cluster to create. */
  readonly dedicated: DedicatedClusterProps;
}

const DEDICATED: PropertiesOf<DedicatedClusterProps> = {
  region: true,
  cku: true,
  availability: true,
  displayName: true,
  networkId: true,
};
const DECIDED: PropertiesOf<ClusterDecidedByVariableProps> = { useExisting: true, existingId: true, dedicated: true };

/** Where a member's cluster comes from. */
export class ClusterSource {
  /**
   * Adopts a cluster that exists. It is read, never changed, and never deleted.
   *
   * @param clusterId `lkc-…`
   */
  public static existing(clusterId: string): ClusterSource {
    requireArgument(noObjectShape('ClusterSource.existing', clusterId));
    return new ClusterSource(clusterId);
  }

  /** Creates a dedicated cluster. */
  public static dedicated(props: DedicatedClusterProps): ClusterSource {
    const example = "ClusterSource.dedicated({ region: 'westeurope' })";
    requireArgument(recordShape('ClusterSource.dedicated', props, example, DEDICATED));
    return new ClusterSource(undefined, props);
  }

  /**
   * Adopts or creates, as a Terraform variable says at plan time.
   *
   * Changing the variable's value later points every key, link, ACL and mirror to another cluster: all are replaced.
   */
  public static decidedByVariable(props: ClusterDecidedByVariableProps): ClusterSource {
    const what = 'ClusterSource.decidedByVariable';
    requireArgument(
      recordShape(what, props, `${what}({ useExisting: variable, existingId: id, dedicated: { region } })`, DECIDED),
    );
    requireArgument(recordShape(`${what}, dedicated`, props.dedicated, "{ region: 'westeurope' }", DEDICATED));
    requireArgument(variableShape(`${what}, useExisting`, props.useExisting));
    requireArgument(noObjectShape(`${what}, existingId`, props.existingId));
    return new ClusterSource(props.existingId, props.dedicated, props.useExisting);
  }

  private constructor(
    /** Id of the cluster to adopt, where one can be adopted. */
    public readonly existingId?: string,
    /** The cluster to create, where one can be created. */
    public readonly dedicatedProps?: DedicatedClusterProps,
    /** What decides, where both are possible. */
    public readonly useExisting?: TerraformVariable,
  ) {}

  /** Whether the cluster is in a network of its own; undefined where the code does not tell. @internal */
  public get _isPrivate(): boolean | undefined {
    return this.existingId === undefined && this.dedicatedProps
      ? this.dedicatedProps.networkId !== undefined
      : undefined;
  }

  /**
   * Says what is wrong with the source.
   *
   * @internal
   */
  public _check(problems: Problems, scope: IConstruct, property: string): void {
    const dedicated = this.dedicatedProps;
    checkVariableStack(problems, scope, `${property}.useExisting`, this.useExisting);
    if (!dedicated || this.useExisting) {
      problems.required(`${property}.clusterId`, this.existingId, CLUSTER_ID);
    }
    if (!dedicated) {
      return;
    }
    const availability = dedicated.availability ?? ClusterAvailability.SINGLE_ZONE;
    problems.require(isKind(availability, 'ClusterAvailability'), {
      property: `${property}.availability`,
      received: availability,
      allowed: 'a ClusterAvailability',
      advice: 'Write it as in ClusterAvailability.MULTI_ZONE.',
    });
    checkRegion(problems, scope, `${property}.region`, dedicated.region);
    problems.text(`${property}.networkId`, dedicated.networkId, NETWORK_ID);
    problems.text(`${property}.displayName`, dedicated.displayName, DISPLAY_NAME);
    const { cku } = dedicated;
    problems.require(cku === undefined || (Number.isInteger(cku) && cku >= availability.minimumCku && cku <= 1000), {
      property: `${property}.cku`,
      received: cku,
      allowed: `a whole number of at least ${availability.minimumCku} with availability ${availability.word}, and at most 1000`,
      advice: 'Raise the CKU, or choose an availability of one zone.',
    });
  }
}

markKind(ClusterSource, 'ClusterSource');
