import { type ExporterState, type StreamGovernancePackage } from '../words';
import { type RegistryMode } from './modes';

export interface SchemaRegistry {
  readonly id: string;
  readonly environmentId: string;
  readonly createdAt: number;
  readonly cloud: string;
  readonly region: string;
  readonly host: string;
  package: StreamGovernancePackage;
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
