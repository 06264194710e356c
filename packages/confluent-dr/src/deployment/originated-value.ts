import { type SettingName } from './settings';

/** Where a value came from. */
export interface Origin {
  readonly kind: 'option' | 'environment' | 'file' | 'outputs' | 'derived' | 'default';
  /** In words: which variable, which file, from what it was derived. */
  readonly detail: string;
}

/** A value of a deployment, as text; a list of names is separated by commas. */
export interface OriginatedValue {
  readonly name: SettingName;
  readonly value: string;
  readonly origin: Origin;
}

/** What all sources tell. */
export interface KnownValues {
  /** Those that come first win. */
  readonly sources: readonly SettingValues[];
  /** Why the current folder, which nobody named, told nothing though something is deployed from there. */
  readonly unread?: string;
  /** Where Terraform told the outputs, absolute. @default - they are from elsewhere */
  readonly terraform?: string;
}

/** The values of one source. */
export type SettingValues = Partial<Record<SettingName, { readonly value: string; readonly origin: Origin }>>;
