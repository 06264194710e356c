import { type KafkaRestClient } from '../../src/client/kafka-rest-client';
import { type PairSource } from '../../src/observe/observe-pair';
import { type Role } from '../../src/observe/pair-observation';

export interface RequestHooks {
  /** @param number from 1, in the order in which they are sent */
  readonly beforeSent: (number: number) => void;
  /** The server has done it, and its user does not know yet. */
  readonly beforeHeard?: (number: number) => void;
}

/** The same pair, and a word before and after each request of its user. */
export function withHooks(source: PairSource, { beforeSent, beforeHeard = () => undefined }: RequestHooks): PairSource {
  let count = 0;
  const told = async (request: () => Promise<unknown>): Promise<unknown> => {
    const number = (count += 1);
    beforeSent(number);
    try {
      return await request();
    } finally {
      beforeHeard(number);
    }
  };
  const wrapped = (kafka: KafkaRestClient): KafkaRestClient =>
    new Proxy(kafka, {
      get: (target, name) => {
        const value = Reflect.get(target, name, target) as unknown;
        return typeof value === 'function'
          ? (...words: unknown[]) => told(() => Reflect.apply(value, target, words) as Promise<unknown>)
          : value;
      },
    });
  const member = (role: Role) => ({ ...source.members[role], kafka: wrapped(source.members[role].kafka) });
  return { ...source, members: { primary: member('primary'), secondary: member('secondary') } };
}
