import { isSecret, type OriginatedValue } from '../../../runbook/deployment';
import { type Look } from '../../terminal';

/** What stands for a secret wherever values are shown. */
export const SECRET_SHOWN = '(set)';

/** A value as it may be shown. */
export interface ShownValue {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
  /** The detail of the origin. */
  readonly from: string;
}

/** The values, without secrets. */
export function shownValues(values: readonly OriginatedValue[]): ShownValue[] {
  return values.map(({ name, value, origin }) => ({
    name,
    value: isSecret(name) ? SECRET_SHOWN : value,
    origin: origin.kind,
    from: origin.detail,
  }));
}

/** A table; in a narrow terminal each value has its origin in a line below. */
export function configText(values: readonly ShownValue[], { width, paint }: Look): string {
  const columns = (['name', 'value', 'from'] as const).map((key) =>
    Math.max(...values.map((each) => each[key].length)),
  );
  if (columns.reduce((sum, column) => sum + column + 2, 0) > width) {
    return values
      .map(({ name, value, from }) => `${paint('bold', name)}: ${value}\n  ${paint('dim', from)}`)
      .join('\n');
  }
  return values
    .map(({ name, value, from }) =>
      [paint('bold', name.padEnd(columns[0])), value.padEnd(columns[1]), paint('dim', from)].join('  '),
    )
    .join('\n');
}
