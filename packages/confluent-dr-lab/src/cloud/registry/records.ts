import { invalid, notFound } from '../refusal';
import { type ExporterState, type StreamGovernancePackage } from '../vocabulary';

/** What may be done to the schemas of a registry, or of one subject. */
export const REGISTRY_MODES = ['READWRITE', 'READONLY', 'READONLY_OVERRIDE', 'IMPORT', 'FORWARD'] as const;
export type RegistryMode = (typeof REGISTRY_MODES)[number];

export const globalMode = ({ mode = 'READWRITE' }: SchemaRegistry): RegistryMode => mode;

export function subjectMode(registry: SchemaRegistry, subject: string, defaultToGlobal: boolean): RegistryMode {
  const mode = registry.subjectModes?.get(subject) ?? (defaultToGlobal ? globalMode(registry) : undefined);
  if (mode === undefined) {
    throw notFound(`Subject '${subject}' does not have subject-level mode configured`, 40409);
  }
  return mode;
}

/** @param subject all of the registry if left out */
export function setMode(registry: SchemaRegistry, mode: string, subject?: string): RegistryMode {
  if (!isMode(mode)) {
    throw invalid(`Mode is ${JSON.stringify(mode)}; allowed are ${REGISTRY_MODES.join(', ')}.`, 42204);
  }
  if (subject === undefined) {
    registry.mode = mode;
  } else {
    registry.subjectModes ??= new Map();
    registry.subjectModes.set(subject, mode);
  }
  return mode;
}

/** The subject follows the registry again; answers what it had. */
export function resetMode(registry: SchemaRegistry, subject: string): RegistryMode {
  const former = subjectMode(registry, subject, false);
  registry.subjectModes?.delete(subject);
  return former;
}

const isMode = (mode: string): mode is RegistryMode => (REGISTRY_MODES as readonly string[]).includes(mode);

export interface SchemaRegistry {
  readonly id: string;
  readonly environmentId: string;
  readonly createdAt: number;
  readonly cloud: string;
  readonly region: string;
  readonly host: string;
  package: StreamGovernancePackage;
  /** Regions in which it has a private endpoint. */
  privateRegions?: readonly string[];
  readonly exporters: Map<string, Exporter>;
  /** @default READWRITE */
  mode?: RegistryMode;
  /** @default - all subjects follow the registry */
  subjectModes?: Map<string, RegistryMode>;
}

export interface ExporterSettings {
  readonly subjects: readonly string[];
  readonly subjectRenameFormat: string;
  readonly contextType: string;
  readonly context: string;
  readonly config: Readonly<Record<string, string>>;
}

export interface Exporter {
  readonly name: string;
  settings: ExporterSettings;
  state: Exclude<ExporterState, 'ERROR'>;
  /** When STARTING becomes RUNNING. */
  readyAt: number;
  /** How far it has exported; reset takes it back. */
  offset: number;
  changedAt: number;
}
