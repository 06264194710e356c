import { isKind, markKind } from '../validation/kind';
import { type Problems } from '../validation/problems';
import { noObjectShape, type PropertiesOf, requireArgument } from '../validation/shape';
import { EXPORTER_NAME, SCHEMA_CONTEXT, type TextRule } from '../validation/text-rule';

/** Where an exporter puts the subjects in the other registry. */
export class ExportContext {
  /** A context made of the name of the source registry. */
  public static auto(): ExportContext {
    return new ExportContext('AUTO');
  }

  /** A context of this name, without a leading dot. */
  public static custom(contextName: string): ExportContext {
    requireArgument(noObjectShape('ExportContext.custom', contextName));
    return new ExportContext('CUSTOM', contextName);
  }

  /** The default context: subjects keep their names. In both directions this copies schemas in circles. */
  public static none(): ExportContext {
    return new ExportContext('NONE');
  }

  private constructor(
    /** The provider's word: AUTO, CUSTOM or NONE; it accepts any other word too. */
    public readonly contextType: string,
    /** The context's name; with CUSTOM only. */
    public readonly contextName?: string,
  ) {}
}

markKind(ExportContext, 'ExportContext');

/** What one exporter carries. */
export interface SchemaExportProps {
  /** Name of the exporter. Changing it replaces the exporter. */
  readonly exporterName: string;
  /** Where the subjects go in the other registry. @default ExportContext.auto() */
  readonly context?: ExportContext;
  /**
   * Subjects to carry, by their names or, with a `*` at the end, by the beginning of their names: `*` is all subjects of
   * the default context, `:.sales:*` all of the context `sales`, and `:*:` all of every context. They are always said,
   * as the provider would send an empty list otherwise, and what a registry makes of that is nowhere published.
   *
   * @default ['*']
   */
  readonly subjects?: string[];
  /** How subjects are renamed, such as `dr-${subject}`; it must hold `${subject}`. @default - they keep their names */
  readonly subjectRenameFormat?: string;
  /** Whether a change of this exporter makes it begin anew. @default false */
  readonly resetOnUpdate?: boolean;
}

export const SCHEMA_EXPORT: PropertiesOf<SchemaExportProps> = {
  exporterName: true,
  context: true,
  subjects: true,
  subjectRenameFormat: true,
  resetOnUpdate: true,
};

/** All subjects of the default context. */
export const ALL_SUBJECTS = ['*'];

/** A name, its beginning with a `*`, or either of these in a context. */
const SUBJECT: TextRule = {
  pattern: '^(:[*]:|(:[.][^:*]*:)?([^:*][^*]*[*]?|[*]))$',
  allowed: "a subject, the beginning of one with a * at the end, either behind a context as in ':.sales:*', or ':*:'",
  advice: "Write '*' for all subjects of the default context; a * elsewhere than at the end is no wildcard.",
};

/** Says what is wrong with an exporter. */
export function checkSchemaExport(problems: Problems, property: string, props: SchemaExportProps): void {
  const { subjects = ALL_SUBJECTS, subjectRenameFormat } = props;
  problems.required(`${property}.exporterName`, props.exporterName, EXPORTER_NAME);
  const { context = ExportContext.auto(), resetOnUpdate = false } = props;
  problems.refuseUnless(isKind(context, 'ExportContext'), {
    property: `${property}.context`,
    received: context,
    allowed: 'an ExportContext',
    advice: "Write it as in ExportContext.custom('primary-context').",
  });
  if (isKind(context, 'ExportContext') && context.contextType === 'CUSTOM') {
    problems.required(`${property}.context`, context.contextName, SCHEMA_CONTEXT);
  }
  problems.require(typeof resetOnUpdate === 'boolean', {
    property: `${property}.resetOnUpdate`,
    received: resetOnUpdate,
    allowed: 'true or false',
    advice: 'Write it without quotes, or leave it out for false.',
  });
  problems.require(Array.isArray(subjects) && subjects.length > 0, {
    property: `${property}.subjects`,
    received: subjects,
    allowed: 'a list of at least one subject',
    advice: 'Leave it out to carry all subjects of the default context.',
  });
  problems.texts(`${property}.subjects`, Array.isArray(subjects) ? subjects : [], SUBJECT);
  problems.require(
    subjectRenameFormat === undefined ||
      (typeof subjectRenameFormat === 'string' && subjectRenameFormat.includes('${subject}')),
    {
      property: `${property}.subjectRenameFormat`,
      received: subjectRenameFormat,
      allowed: 'a text that holds ${subject}, such as dr-${subject}',
      advice: 'Without it all subjects would have one name; leave it out to keep their names.',
    },
  );
}

/** Is a subject, or all that a pattern stands for, in the context? */
const isIn = (context: string, subject: unknown): boolean =>
  typeof subject === 'string' && subject.startsWith(`:.${context}:`);

/** Says where an exporter would take back what the other one has brought. */
function checkReturn(problems: Problems, way: string, brought: SchemaExportProps, taken: SchemaExportProps): void {
  const { contextName } = brought.context ?? {};
  const subjects: unknown[] = Array.isArray(taken.subjects) ? taken.subjects : [];
  const returned = contextName === undefined ? undefined : subjects.find((subject) => isIn(contextName, subject));
  problems.require(returned === undefined, {
    property: `${way}.subjects`,
    received: returned,
    allowed: `subjects of the registry's own, and not those of the context ${contextName}, which the other exporter brings`,
    advice: "They would go back to where they come from; write it as in ['*'].",
  });
}

/** Says where two exporters would copy each other's copies. */
export function checkCircle(problems: Problems, there: SchemaExportProps, back: SchemaExportProps): void {
  problems.require(
    [there, back].some(({ context }) => context?.contextType !== 'NONE'),
    {
      property: 'primaryToSecondary.context, secondaryToPrimary.context',
      received: 'ExportContext.none() in both directions',
      allowed: 'a context of its own in one direction at least',
      advice: "Subjects would be copied in circles; write it as in ExportContext.custom('secondary-context').",
    },
  );
  problems.require(
    [there, back].some(({ subjects }) => !(Array.isArray(subjects) && subjects.includes(':*:'))),
    {
      property: 'primaryToSecondary.subjects, secondaryToPrimary.subjects',
      received: "':*:' in both directions",
      allowed: 'all contexts in one direction at most',
      advice: "Each would copy what the other has copied; write it as in ['*'].",
    },
  );
  checkReturn(problems, 'secondaryToPrimary', there, back);
  checkReturn(problems, 'primaryToSecondary', back, there);
}
