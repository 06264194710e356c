import * as z from 'zod';
import { type Role } from '../observe/pair-observation';
import { type MemberHealth } from './verdict';

/** What the proxy does with the clients of a cluster: nothing, closes them at once, or lets nothing through. */
export const BLOCKS = ['none', 'reject', 'blackhole'] as const;
export type Block = (typeof BLOCKS)[number];

/** What the proxy said of one cluster when it was converged last. */
export interface ReportedInstance {
  readonly name: string;
  readonly blocked: Block;
  readonly running: boolean;
  /** Whether clients are kept from it, as another member is the active one. @default - not told */
  readonly fenced?: boolean;
  /** When a block ends by itself, as ISO 8601. @default - it does not, or there is none */
  readonly until?: string;
}

/** What one of several VMs said. */
export interface ReportedMachine {
  readonly machine: string;
  /** @default - it has not told its state */
  readonly instances?: readonly ReportedInstance[];
}

/** A proxy of several VMs has a line for each, with the VM's name before what that said, which may be nothing yet. */
const OF_MACHINE = /^([A-Za-z0-9][A-Za-z0-9_-]*): ?(confluent-dr-proxy: .*)?$/;

/** What each VM of a proxy of several reported; empty of a proxy of one. */
export function machinesIn(report: string): ReportedMachine[] {
  return report.split('\n').flatMap((line) => {
    const [, machine, said = ''] = OF_MACHINE.exec(line.trimEnd()) ?? [];
    if (machine === undefined || machine === 'confluent-dr-proxy') {
      return [];
    }
    const instances = stateIn(said);
    return [{ machine, ...(instances && { instances }) }];
  });
}

/**
 * What each VM does with each cluster, where they do not all do the same: `proxy-vm: primary none, secondary none and fenced;
 * proxy-vm-2: unknown`.
 *
 * @returns undefined where they agree, or there are not several
 */
export function disagreementIn(report: string): string | undefined {
  const said = machinesIn(report).map(({ machine, instances }) => ({
    machine,
    state: instances?.map(instanceInWords).join(', ') ?? 'unknown',
  }));
  return new Set(said.map(({ state }) => state)).size > 1 || said.some(({ state }) => state === 'unknown')
    ? said.map(({ machine, state }) => `${machine}: ${state}`).join('; ')
    : undefined;
}

const instanceInWords = ({ name, blocked, fenced }: ReportedInstance): string =>
  `${name} ${blocked}${fenced ? ' and fenced' : ''}`;

/**
 * Reads what the proxy reported: any lines, and its state as JSON at the end of the last of them. Of several VMs a cluster
 * counts as blocked that one of them blocks, and as fenced that one of them fences.
 *
 * @returns undefined if there is no state in it
 */
export function instancesIn(report: string): ReportedInstance[] | undefined {
  const machines = machinesIn(report);
  if (machines.length === 0) {
    return stateIn(report);
  }
  const all = machines.flatMap(({ instances = [] }) => instances);
  return [...new Set(all.map(({ name }) => name))].map((name) => {
    const those = all.filter((instance) => instance.name === name);
    const first = those.find(({ blocked }) => blocked !== 'none') ?? those[0];
    return those.some(({ fenced }) => fenced) ? { ...first, fenced: true } : first;
  });
}

const STATE = z.object({ instances: z.array(z.unknown()) });

/** Another release of the proxy may say more, or else; an instance that cannot be understood is left out. */
const INSTANCE = z
  .object({
    name: z.string(),
    blocked: z.enum(BLOCKS),
    running: z.boolean().catch(false),
    outage: z.object({ until: z.string().optional() }).optional().catch(undefined),
    fence: z.looseObject({}).nullish().catch(null),
  })
  .transform(({ name, blocked, running, outage, fence }): ReportedInstance => ({
    ...{ name, blocked, running },
    ...(fence !== undefined && { fenced: fence !== null }),
    ...(outage?.until !== undefined && { until: outage.until }),
  }));

function stateIn(report: string): ReportedInstance[] | undefined {
  const line = report
    .trim()
    .split('\n')
    .filter((text) => text.includes('{'))
    .at(-1);
  const state = STATE.safeParse(line === undefined ? undefined : parsed(line.slice(line.indexOf('{'))));
  return state.data?.instances.flatMap((instance) => INSTANCE.safeParse(instance).data ?? []);
}

/** Whether what the proxy was told to do with a member is what is seen through it. */
export interface ProxyTruth {
  readonly role: Role;
  /** What it said it does. */
  readonly told: Block;
  /** Whether it keeps clients from it, as another member is the active one. @default - it does not, or nobody told */
  readonly fenced?: true;
  /** When the block ends by itself, as ISO 8601. @default - it does not, or there is none */
  readonly until?: string;
  /** What the proxy is seen to do. */
  readonly seen: 'open' | 'blocked';
  readonly agrees: boolean;
}

/**
 * Compares what the proxy reported with what was seen; says nothing where nothing was seen that would tell.
 *
 * @param active the one member that clients are to be let in to. @default - both
 */
export function proxyTruths(
  instances: readonly ReportedInstance[],
  members: readonly MemberHealth[],
  active?: Role,
): ProxyTruth[] {
  return members.flatMap(({ role, verdict, services }) => {
    const instance = instances.find(({ name }) => name === role);
    // Who answers directly is let through by nobody.
    const isTried = services.some(({ outcomes }) => outcomes.proxy !== 'not-tried');
    const wished = active === undefined ? undefined : role !== active;
    const { blocked: told = 'none', until, fenced = wished ?? false } = instance ?? {};
    // A fence alone tells why nobody is let through, also where nobody asked directly.
    const isShutByFence = fenced && verdict === 'blocked-or-broken';
    const seen = isTried ? (isShutByFence ? 'blocked' : SEEN[verdict]) : undefined;
    if ((!instance && wished === undefined) || seen === undefined) {
      return [];
    }
    const isTold = (told !== 'none' || fenced) === (seen === 'blocked');
    const agrees = isTold && (wished ?? fenced) === fenced;
    return [{ role, told, ...(fenced && { fenced }), ...(until !== undefined && { until }), seen, agrees }];
  });
}

const SEEN: Partial<Record<MemberHealth['verdict'], 'blocked' | 'open'>> = {
  well: 'open',
  declines: 'open',
  blocked: 'blocked',
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
