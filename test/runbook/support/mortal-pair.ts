import { type KafkaRestClient } from '../../../lib/runbook/client';
import { type PairSource } from '../../../lib/runbook/observing';
import { type Role } from '../../../lib/runbook/pair';

/** `unsent`: the tool dies before the request leaves. `unheard`: the server does it, and the tool dies before it knows. */
export type Death = 'unsent' | 'unheard';

export interface MortalPair {
  readonly pair: PairSource;
  /** Resolves at its death; from then on nothing that it began goes on. */
  readonly died: Promise<'died'>;
  /** How many requests were made. */
  readonly requests: () => number;
}

/**
 * A pair whose user dies at its nth request: whoever waits for an answer waits for ever, as a killed process does.
 *
 * @param at from 1; never if left out
 */
export function mortal(source: PairSource, death: Death, at = Infinity): MortalPair {
  let count = 0;
  let die = (): void => undefined;
  const died = new Promise<'died'>((resolve) => {
    die = () => resolve('died');
  });
  const forEver = new Promise<never>(() => undefined);
  const lived = async (request: () => Promise<unknown>): Promise<unknown> => {
    count += 1;
    if (count > at) {
      return forEver;
    }
    if (count < at) {
      const answer = await request();
      return count >= at ? forEver : answer;
    }
    if (death === 'unheard') {
      await request().catch(() => undefined);
    }
    die();
    return forEver;
  };
  const wrapped = (kafka: KafkaRestClient): KafkaRestClient =>
    new Proxy(kafka, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function'
          ? (...words: unknown[]) => lived(() => Reflect.apply(value, target, words) as Promise<unknown>)
          : value;
      },
    });
  const member = (role: Role) => ({ ...source.members[role], kafka: wrapped(source.members[role].kafka) });
  return {
    pair: { ...source, members: { primary: member('primary'), secondary: member('secondary') } },
    died,
    requests: () => count,
  };
}
