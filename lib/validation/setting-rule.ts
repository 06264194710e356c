import { type Problem } from './problems';

/** What the value of a setting may be, which travels as a text. */
export interface SettingRule {
  readonly fits: (text: string) => boolean;
  /** Completes "allowed: …". */
  readonly allowed: string;
}

export const FLAG: SettingRule = oneOf('true', 'false');

/** One of these words. */
export function oneOf(...words: string[]): SettingRule {
  return { fits: (text) => words.includes(text), allowed: words.map((word) => `'${word}'`).join(' or ') };
}

/** A whole number, written in digits; without an upper bound it must fit into 64 bits, as Kafka's do. */
export function wholeNumber(from: number, to: number | bigint, unit: string): SettingRule {
  return {
    fits: (text) => /^(-1|0|[1-9]\d{0,18})$/.test(text) && BigInt(text) >= BigInt(from) && BigInt(text) <= BigInt(to),
    allowed:
      to === LONG ? `a whole number of at least ${from} (${unit})` : `a whole number from ${from} to ${to} (${unit})`,
  };
}

/** The greatest number of 64 bits. */
export const LONG = 9_223_372_036_854_775_807n;

/** What is wrong with a setting's value; undefined where nothing is. */
export function problemOfSetting(property: string, received: unknown, rule: SettingRule): Problem | undefined {
  return typeof received === 'string' && rule.fits(received)
    ? undefined
    : { property, received, allowed: rule.allowed, advice: 'Write it as a text, or leave it out for the default.' };
}
