import { type Problems } from '../validation/problems';
import { EXPORTER_NAME, SCHEMA_CONTEXT } from '../validation/text-rule';

/** Where an exporter puts the subjects in the other registry. */
export class ExportContext {
  /** A context made of the name of the source registry. */
  public static auto(): ExportContext {
    return new ExportContext('AUTO');
  }

  /** A context of this name, without a leading dot. */
  public static custom(contextName: string): ExportContext {
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

/** What one exporter carries. */
export interface SchemaExportProps {
  /** Name of the exporter. Changing it replaces the exporter. */
  readonly exporterName: string;
  /** @default ExportContext.auto() */
  readonly context?: ExportContext;
  /**
   * Subjects to carry, `*` at the end standing for anything.
   *
   * @default - all subjects of the default context
   */
  readonly subjects?: string[];
  /** How subjects are renamed, such as `dr-${subject}`. @default - they keep their names */
  readonly subjectRenameFormat?: string;
  /** Whether a change of this exporter makes it begin anew. @default false */
  readonly resetOnUpdate?: boolean;
}

/** Says what is wrong with an exporter. */
export function checkSchemaExport(problems: Problems, property: string, props: SchemaExportProps): void {
  problems.required(`${property}.exporterName`, props.exporterName, EXPORTER_NAME);
  problems.text(`${property}.context`, props.context?.contextName, SCHEMA_CONTEXT);
  problems.require(props.subjects === undefined || (props.subjects.length > 0 && !props.subjects.includes('')), {
    property: `${property}.subjects`,
    received: props.subjects,
    allowed: 'at least one subject, none of them empty',
    advice: 'Leave it out to carry all subjects of the default context.',
  });
}
