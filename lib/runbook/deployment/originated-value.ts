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

/** The values of one source. */
export type SettingValues = Partial<Record<SettingName, { readonly value: string; readonly origin: Origin }>>;
