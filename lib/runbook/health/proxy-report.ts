import { type Role } from '../pair';
import { type MemberHealth } from './member-verdict';

/** What the proxy does with the clients of a cluster: nothing, closes them at once, or lets nothing through. */
export const BLOCKS = ['none', 'reject', 'blackhole'] as const;
export type Block = (typeof BLOCKS)[number];

/** What the proxy said of one cluster when it was converged last. */
export interface ReportedInstance {
  readonly name: string;
  readonly blocked: Block;
  readonly running: boolean;
  /** When a block ends by itself, as ISO 8601. @default - it does not, or there is none */
  readonly until?: string;
}

/**
 * Reads what the proxy reported: any lines, and its state as JSON at the end of the last of them.
 *
 * @returns undefined if there is no state in it
 */
export function instancesIn(report: string): ReportedInstance[] | undefined {
  const line = report
    .trim()
    .split('\n')
    .filter((text) => text.includes('{'))
    .at(-1);
  const state = line === undefined ? undefined : parsed(line.slice(line.indexOf('{')));
  if (!isObject(state) || !Array.isArray(state.instances)) {
    return undefined;
  }
  return state.instances.flatMap((instance: unknown) => instanceOf(instance) ?? []);
}

/** Whether what the proxy was told to do with a member is what is seen through it. */
export interface ProxyTruth {
  readonly role: Role;
  /** What it said it does. */
  readonly told: Block;
  readonly agrees: boolean;
  readonly text: string;
}

/** Compares what the proxy reported with what was seen; says nothing where nothing was seen that would tell. */
export function proxyTruths(instances: readonly ReportedInstance[], members: readonly MemberHealth[]): ProxyTruth[] {
  return members.flatMap(({ role, verdict }) => {
    const instance = instances.find(({ name }) => name === role);
    const seen = SEEN[verdict];
    if (!instance || seen === undefined) {
      return [];
    }
    const told = instance.blocked;
    const agrees = (told !== 'none') === (seen === 'blocked');
    return [{ role, told, agrees, text: textOf(instance, seen, agrees) }];
  });
}

const SEEN: Partial<Record<MemberHealth['verdict'], 'blocked' | 'open'>> = {
  well: 'open',
  declines: 'open',
  blocked: 'blocked',
};

function textOf({ name, blocked, until }: ReportedInstance, seen: 'blocked' | 'open', agrees: boolean): string {
  const told = blocked === 'none' ? 'to let clients through' : `to block them (${blocked})`;
  const end = until === undefined ? '' : `, until ${until}`;
  const sentence = `For clients of the ${name} the proxy was told ${told}${end}; they are ${seen === 'open' ? 'let through' : 'blocked'}.`;
  if (agrees) {
    return sentence;
  }
  return seen === 'open'
    ? `${sentence} The block has ended by itself or was lifted on the machine: unblock and block again to have it back.`
    : `${sentence} Somebody blocked it since, or its instance on the proxy is down: apply again, and look at the proxy's state.`;
}

type Unknown = Readonly<Record<string, unknown>>;

function instanceOf(value: unknown): ReportedInstance | undefined {
  if (!isObject(value) || typeof value.name !== 'string') {
    return undefined;
  }
  const blocked = BLOCKS.find((word) => word === value.blocked);
  const until = isObject(value.outage) ? value.outage.until : undefined;
  return (
    blocked && {
      name: value.name,
      blocked,
      running: value.running === true,
      ...(typeof until === 'string' && { until }),
    }
  );
}

const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
