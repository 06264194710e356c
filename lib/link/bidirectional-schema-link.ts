import { Fn, Op, type TerraformProvider, type TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { SchemaExporter } from '../../.gen/providers/confluent/schema-exporter';
import { type IClusterMember } from '../cluster/cluster-member';
import { type IConfluentClusterPair, shapeOfPair } from '../cluster/cluster-pair';
import { environmentsOf } from '../cluster/shared-clusters';
import { literalText } from '../synthesis/literal-text';
import { textInApp } from '../synthesis/resolved-text';
import { keepState } from '../state/moved-from';
import { isKind, markKind } from '../validation/kind';
import { isUnresolved, type Problems, requireShape, validate, validateOnce } from '../validation/problems';
import { providerShape } from '../validation/provider-shape';
import {
  flagShape,
  valueShapesIn,
  ofOptional,
  type PropertiesOf,
  recordShape,
  requireProps,
} from '../validation/shape';
import { judgeAtPlan } from '../validation/variable-validation';
import {
  ALL_SUBJECTS,
  checkCircle,
  checkSchemaExport,
  ExportContext,
  SCHEMA_EXPORT,
  type SchemaExportProps,
} from './schema-export';

/** What the exporters between two registries are to be. */
export interface BidirectionalSchemaLinkProps {
  /** The clusters whose Schema Registries are to be linked. */
  readonly pair: IConfluentClusterPair;
  /** What goes from the primary's registry to the secondary's. @default - all of the default context, in the context primary-context */
  readonly primaryToSecondary?: SchemaExportProps;
  /** What goes from the secondary's registry to the primary's. @default - all of the default context, in the context secondary-context */
  readonly secondaryToPrimary?: SchemaExportProps;
  /**
   * Whether a registry that both members turn out to share is left alone, as there is nothing to link, instead of
   * being refused. For environments that only Terraform will know.
   *
   * @default false
   */
  readonly skipIfShared?: boolean;
  /**
   * The Confluent provider that makes the resources, where the stack has several.
   *
   * @default - those of the pair's members
   */
  readonly provider?: TerraformProvider;
  /**
   * The path that this construct had in its stack before it was moved or renamed, such as `Link` or `Shop/Link`:
   * Terraform then keeps what it made there. Leave it in until every deployment has been applied once.
   *
   * @default - it is where it was
   */
  readonly movedFrom?: string;
}

const SCHEMA_LINK: PropertiesOf<BidirectionalSchemaLinkProps> = {
  pair: true,
  primaryToSecondary: true,
  secondaryToPrimary: true,
  skipIfShared: true,
  provider: true,
  movedFrom: true,
};

/** A schema exporter in each direction between the registries of a pair. */
export class BidirectionalSchemaLink extends Construct {
  /** The exporter on the primary's registry, to the secondary's. */
  public readonly exporterOnPrimary: TerraformResource;
  /** The exporter on the secondary's registry, to the primary's. */
  public readonly exporterOnSecondary: TerraformResource;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BidirectionalSchemaLinkProps,
  ) {
    super(scope, id);
    requireProps(this, props, '{ pair }', SCHEMA_LINK);
    requireShape(this, [
      shapeOfPair(props.pair),
      ...ofOptional(
        recordShape(
          'primaryToSecondary',
          props.primaryToSecondary,
          "{ exporterName: 'primary-exporter' }",
          SCHEMA_EXPORT,
        ),
        recordShape(
          'secondaryToPrimary',
          props.secondaryToPrimary,
          "{ exporterName: 'secondary-exporter' }",
          SCHEMA_EXPORT,
        ),
        flagShape('skipIfShared', props.skipIfShared),
        providerShape(this, 'provider', props.provider, 'confluent'),
      ),
      ...valueShapesIn('primaryToSecondary', props.primaryToSecondary),
      ...valueShapesIn('secondaryToPrimary', props.secondaryToPrimary),
    ]);
    const { primary, secondary } = props.pair;
    const primaryToSecondary = props.primaryToSecondary ?? exportOf('primary');
    const secondaryToPrimary = props.secondaryToPrimary ?? exportOf('secondary');
    const checked = validateOnce(this, (problems) => {
      checkSchemaExport(problems, 'primaryToSecondary', primaryToSecondary);
      checkSchemaExport(problems, 'secondaryToPrimary', secondaryToPrimary);
    });
    validate(this, (problems) => {
      checkCircle(problems, primaryToSecondary, secondaryToPrimary);
      this.checkRegistries(problems);
      this.checkOthers(problems);
    });
    keepState(this, props.movedFrom);
    const exporterOnPrimary = this.exporter('OnPrimary', primary, secondary, primaryToSecondary);
    judgeAtPlan(exporterOnPrimary, checked);
    this.exporterOnPrimary = exporterOnPrimary;
    this.exporterOnSecondary = this.exporter('OnSecondary', secondary, primary, secondaryToPrimary);
  }

  private exporter(
    id: string,
    source: IClusterMember,
    destination: IClusterMember,
    props: SchemaExportProps,
  ): SchemaExporter {
    const context = props.context ?? ExportContext.auto();
    const exporter = new SchemaExporter(this, id, {
      name: props.exporterName,
      contextType: context.contextType,
      context: context.contextName,
      subjects: subjectsOf(props),
      subjectRenameFormat: renameFormatOf(props),
      resetOnUpdate: props.resetOnUpdate ?? false,
      provider: this.props.provider ?? source.provider,
      schemaRegistryCluster: { id: source.schemaRegistryId },
      restEndpoint: source.schemaRegistryEndpoint,
      credentials: source.schemaRegistryCredentials,
      destinationSchemaRegistryCluster: {
        id: destination.schemaRegistryId,
        restEndpoint: destination.schemaRegistryEndpoint,
        credentials: destination.schemaRegistryCredentials,
      },
    });
    if (this.props.skipIfShared) {
      const shared = Op.eq(source.environmentId, destination.environmentId);
      exporter.count = Token.asNumber(Fn.conditional(shared, 0, 1));
    } else if (this.onlyTerraformKnows) {
      exporter.lifecycle = {
        precondition: [
          { condition: Op.neq(source.schemaRegistryId, destination.schemaRegistryId), errorMessage: SHARED_REGISTRY },
        ],
      };
    }
    return exporter;
  }

  /** What goes out of which registry and into which, both in words that are the same wherever in the app they are meant. @internal */
  public get _exports() {
    const { pair, primaryToSecondary, secondaryToPrimary } = this.props;
    const [primary, secondary] = environmentsOf(pair);
    // One registry has nothing to export: refused or skipped.
    return primary === secondary
      ? []
      : [
          { way: 'primaryToSecondary', from: primary, to: secondary, its: primaryToSecondary ?? exportOf('primary') },
          { way: 'secondaryToPrimary', from: secondary, to: primary, its: secondaryToPrimary ?? exportOf('secondary') },
        ];
  }

  /** A registry has one exporter of a name, and in a context the subjects of one other registry: their ids would collide. */
  private checkOthers(problems: Problems): void {
    const others = this.node.root.node
      .findAll()
      .filter((other): other is BidirectionalSchemaLink => isKind(other, 'BidirectionalSchemaLink') && other !== this);
    for (const other of others) {
      for (const { way, from, to, its } of this._exports) {
        const theirs = other._exports;
        const name = (exporter: SchemaExportProps, link: BidirectionalSchemaLink) =>
          typeof exporter.exporterName === 'string' ? textInApp(link, exporter.exporterName) : link.node.path;
        const sameName = theirs.some((it) => it.from === from && name(it.its, other) === name(its, this));
        problems.refuseUnless(!sameName, {
          property: `${way}.exporterName`,
          received: its.exporterName,
          allowed: `a name that no other exporter of the registry has; ${other.node.path} has this one`,
          advice: 'Choose another name, or let one exporter carry the subjects of both.',
        });
        const { contextName } = its.context ?? {};
        const sameContext = theirs.some(
          (it) => it.to === to && it.from !== from && it.its.context?.contextName === contextName,
        );
        problems.require(contextName === undefined || !sameContext, {
          property: `${way}.context`,
          received: contextName,
          allowed: `a context that nothing else is exported to; ${other.node.path} exports another registry to this one`,
          advice: "Schemas keep their ids, which collide there; write it as in ExportContext.custom('orders-context').",
        });
      }
    }
  }

  /** The clusters whose registries are linked. @internal */
  public get _pair(): IConfluentClusterPair {
    return this.props.pair;
  }

  /** Names of the exporters on the primary's and on the secondary's registry. @internal */
  public get _exporterNames(): string[] {
    const { primaryToSecondary, secondaryToPrimary } = this.props;
    return [primaryToSecondary ?? exportOf('primary'), secondaryToPrimary ?? exportOf('secondary')].map(
      ({ exporterName }) => exporterName,
    );
  }

  private get onlyTerraformKnows(): boolean {
    return isUnresolved(this.props.pair.members.map((member) => member.environmentId));
  }

  /** An environment has one registry. */
  private checkRegistries(problems: Problems): void {
    const [primary, secondary] = this.props.pair.members.map((member) => member.environmentId);
    problems.require(this.props.skipIfShared === true || this.onlyTerraformKnows || primary !== secondary, {
      property: 'pair',
      received: primary,
      allowed: 'members in two environments, each with a registry of its own',
      advice: 'Both members share this environment and its registry; leave the schema link out.',
    });
  }
}

const SHARED_REGISTRY =
  'Both members share one Schema Registry. Allowed: members in two environments, each with a registry of its own. ' +
  'Leave the schema link out: there is nothing to link.';

function renameFormatOf({ subjectRenameFormat: format }: SchemaExportProps): string | undefined {
  return typeof format === 'string' ? literalText(format) : undefined;
}

function subjectsOf({ subjects = ALL_SUBJECTS }: SchemaExportProps): string[] {
  if (Token.isUnresolved(subjects)) {
    return subjects;
  }
  // What is no list of texts is told at synth, with all else that is wrong.
  const known: unknown[] = Array.isArray(subjects) ? subjects : [];
  return known.filter((subject) => typeof subject === 'string').map(literalText);
}

function exportOf(memberName: string): SchemaExportProps {
  return { exporterName: `${memberName}-exporter`, context: ExportContext.custom(`${memberName}-context`) };
}

markKind(BidirectionalSchemaLink, 'BidirectionalSchemaLink');
