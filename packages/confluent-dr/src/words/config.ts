import { type Origin, type OriginatedValue } from '../deployment/deployment';
import { isSecret } from '../deployment/settings';
import { type Look } from './text-style';

/** What stands for a secret wherever values are shown. */
export const SECRET_SHOWN = '(set)';

/** A value as it may be shown. */
export interface ShownValue {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin['kind'];
  /** Where it came from, in words. */
  readonly from: string;
}

/** The values, without secrets. */
export function shownValues(values: readonly OriginatedValue[]): ShownValue[] {
  return values.map(({ name, value, origin }) => ({
    name,
    value: isSecret(name) ? SECRET_SHOWN : value,
    origin: origin.kind,
    from: fromText(origin),
  }));
}

const WORDS: Record<Origin['kind'], string> = {
  option: 'option ',
  environment: 'environment variable ',
  file: 'file ',
  outputs: '',
  derived: 'derived ',
  default: 'default, as ',
};

const fromText = ({ kind, detail }: Origin): string => WORDS[kind] + detail;

/** The values under where they came from; a value that does not fit beside its name stands below it. */
export function configText(values: readonly ShownValue[], { width, paint }: Look): string {
  const origins = [...new Set(values.map(({ from }) => from))];
  const column = Math.max(...values.map(({ name }) => name.length));
  return origins
    .map((origin) => [
      paint('bold', origin),
      ...values
        .filter(({ from }) => from === origin)
        .map(({ name, value }) => {
          const fits = column + value.length + 4 <= width;
          return `  ${paint('dim', name.padEnd(fits ? column : 0))}${fits ? '  ' : '\n    '}${value}`;
        }),
    ])
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
