import { type TerraformVariable } from 'cdktf';
import { type IConstruct } from 'constructs';
import { checkVariableStack, variableShape } from '../validation/variable-shape';
import { checkRegion } from '../validation/azure-region';
import { isKind, markKind } from '../validation/kind';
import { isUnresolved, type Problems } from '../validation/problems';
import { noObjectShape, type PropertiesOf, recordShape, requireArgument, valueShapesIn } from '../validation/shape';
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
    /** The fewest units that a cluster of this availability can have: CKU of a dedicated one, the most eCKU of an enterprise one. */
    public readonly minimumCku: number,
  ) {}
}

markKind(ClusterAvailability, 'ClusterAvailability');

/** A dedicated cluster on Azure. Links in both directions need this kind or an enterprise cluster. */
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
   * Id of a Confluent network (`n-…`) for private networking, such as that of a `ConfluentNetwork`; changing it replaces
   * the cluster.
   *
   * @default - public internet
   */
  readonly networkId?: string;
}

/**
 * An enterprise cluster on Azure: elastic, always private, reached over a `PrivateLinkAttachment` of its environment and
 * region.
 */
export interface EnterpriseClusterProps {
  /** Azure region, such as `westeurope` or `West Europe`. The two members belong in different ones. */
  readonly region: string;
  /**
   * To how many elastic units (eCKU) it may grow: at least 1, at least 2 where the availability spans zones.
   *
   * @default - the most that Confluent allows
   */
  readonly maxEcku?: number;
  /** How many zones it spans. @default ClusterAvailability.HIGH */
  readonly availability?: ClusterAvailability;
  /** The cluster's display name. @default - active-passive-primary or active-passive-secondary */
  readonly displayName?: string;
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
const ENTERPRISE: PropertiesOf<EnterpriseClusterProps> = {
  region: true,
  maxEcku: true,
  availability: true,
  displayName: true,
};
const DECIDED: PropertiesOf<ClusterDecidedByVariableProps> = { useExisting: true, existingId: true, dedicated: true };

function requireCreated(
  what: string,
  props: { readonly region: string },
  example: string,
  properties: Readonly<Record<string, true>>,
): void {
  requireArgument(recordShape(what, props, example, properties));
  valueShapesIn(what, props).forEach(requireArgument);
  requireArgument(noObjectShape(`${what}, region`, props.region));
}

/** Where a member's cluster comes from. */
export class ClusterSource {
  /**
   * Adopts a cluster that exists, of any kind, on any cloud and in any network. It is read, never changed, and never deleted.
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
    requireCreated('ClusterSource.dedicated', props, example, DEDICATED);
    return new ClusterSource(undefined, props);
  }

  /** Creates an enterprise cluster. */
  public static enterprise(props: EnterpriseClusterProps): ClusterSource {
    const example = "ClusterSource.enterprise({ region: 'westeurope' })";
    requireCreated('ClusterSource.enterprise', props, example, ENTERPRISE);
    return new ClusterSource(undefined, undefined, undefined, props);
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
    requireCreated(`${what}, dedicated`, props.dedicated, "{ region: 'westeurope' }", DEDICATED);
    requireArgument(variableShape(`${what}, useExisting`, props.useExisting));
    requireArgument(noObjectShape(`${what}, existingId`, props.existingId));
    return new ClusterSource(props.existingId, props.dedicated, props.useExisting);
  }

  private constructor(
    /** Id of the cluster to adopt, where one can be adopted. */
    public readonly existingId?: string,
    /** The dedicated cluster to create, where one can be created. */
    public readonly dedicatedProps?: DedicatedClusterProps,
    /** What decides, where both are possible. */
    public readonly useExisting?: TerraformVariable,
    /** The enterprise cluster to create, where one is created. */
    public readonly enterpriseProps?: EnterpriseClusterProps,
  ) {}

  /** What is created, of whichever kind; undefined where nothing can be. @internal */
  public get _created(): CreatedCluster | undefined {
    const [dedicated, enterprise] = [this.dedicatedProps, this.enterpriseProps];
    if (dedicated) {
      const { region, displayName, networkId, availability = ClusterAvailability.SINGLE_ZONE, cku = 2 } = dedicated;
      return { region, displayName, networkId, availability, units: { property: 'cku', count: cku } };
    }
    if (enterprise) {
      const { region, displayName, maxEcku, availability = ClusterAvailability.HIGH } = enterprise;
      return { region, displayName, availability, units: { property: 'maxEcku', count: maxEcku } };
    }
    return undefined;
  }

  /** Whether the cluster is in a network of its own; undefined where the code does not tell. @internal */
  public get _isPrivate(): boolean | undefined {
    if (this.existingId !== undefined || !this._created) {
      return undefined;
    }
    return this.enterpriseProps !== undefined || this._created.networkId !== undefined;
  }

  /**
   * Says what is wrong with the source.
   *
   * @internal
   */
  public _check(problems: Problems, scope: IConstruct, property: string): void {
    const created = this._created;
    checkVariableStack(problems, scope, `${property}.useExisting`, this.useExisting);
    // What only Terraform knows of it, the environment's data source says.
    if ((!created || this.useExisting) && !isUnresolved(this.existingId)) {
      problems.required(`${property}.clusterId`, this.existingId, CLUSTER_ID);
    }
    if (!created) {
      return;
    }
    const { availability, units } = created;
    problems.refuseUnless(isKind(availability, 'ClusterAvailability'), {
      property: `${property}.availability`,
      received: availability,
      allowed: 'a ClusterAvailability',
      advice: 'Write it as in ClusterAvailability.MULTI_ZONE.',
    });
    checkRegion(problems, scope, `${property}.region`, created.region);
    problems.text(`${property}.networkId`, created.networkId, NETWORK_ID);
    problems.text(`${property}.displayName`, created.displayName, DISPLAY_NAME);
    if (!isKind(availability, 'ClusterAvailability')) {
      return;
    }
    const { count } = units;
    const word = units.property === 'cku' ? 'CKU' : 'eCKU';
    problems.bounded(`${property}.${units.property}`, count, [availability.minimumCku, 1000], {
      allowed: `a whole number of at least ${availability.minimumCku} with availability ${availability.word}, and at most 1000`,
      advice: `Raise the ${word}, or choose an availability of one zone.`,
    });
  }
}

/** A cluster to create, whatever its kind, with its defaults. */
export interface CreatedCluster {
  readonly region: string;
  readonly displayName?: string;
  readonly networkId?: string;
  readonly availability: ClusterAvailability;
  /** How large it is, or may become. */
  readonly units: { readonly property: 'cku' | 'maxEcku'; readonly count?: number };
}

markKind(ClusterSource, 'ClusterSource');
