import { setTimeout as sleep } from 'node:timers/promises';
import { type Role, ROLES } from '../observe/pair-observation';
import { type HealthReport, type ProbeReport } from '../probe/health-report';
import { type Outcome, type Untried } from '../probe/probe-result';
import { type Block, instancesIn, machinesIn } from '../probe/proxy-report';

/** What clients of the proxy are to meet. */
export interface DesiredAccess {
  /** Whether the primary is taken away from them. */
  readonly blocked: boolean;
  /** The one member that they are let in to. @default - both */
  readonly active?: Role;
}

/** Whether a member is to be shut: blocked, or fenced as the other one is active. */
export const isToBeShut = ({ blocked, active }: DesiredAccess, on: Role): boolean =>
  (blocked && on === 'primary') || (active !== undefined && active !== on);

/** What clients of the proxy meet. */
export const SEEN_THROUGH_PROXY = ['let-through', 'shut-out', 'failing'] as const;

export type ProofFinding =
  | ({ readonly code: (typeof SEEN_THROUGH_PROXY)[number]; readonly on: Role; readonly agrees: boolean } & Pick<
      ProbeReport,
      'service' | 'host' | 'port' | 'detail'
    >)
  /** In a lab without brokers there is no Kafka to be tried; what is tried is proof enough, and no more is claimed. */
  | {
      readonly code: 'not-tried';
      readonly on: Role;
      readonly service: ProbeReport['service'];
      readonly untried?: Untried;
      readonly agrees: true;
    }
  /** What the proxy's own script said of the primary when it was run. */
  | { readonly code: 'reported'; readonly told: Block; readonly agrees: boolean }
  /** What it said of a member that may be fenced. */
  | { readonly code: 'reported-fence'; readonly on: Role; readonly fenced: boolean; readonly agrees: boolean };

/** Whether what was wished for is what clients of the proxy meet. */
export type Proof =
  | { readonly kind: 'proven'; readonly findings: readonly ProofFinding[] }
  /** Something is not as it should be, or not yet. */
  | { readonly kind: 'contradicted'; readonly findings: readonly ProofFinding[] }
  /** Nobody can tell from here. */
  | {
      readonly kind: 'impossible';
      readonly because: Untried | 'deployment-unknown';
      /** What is wrong with the deployment, as it was told. @default - nothing */
      readonly detail?: string;
      readonly findings: readonly ProofFinding[];
    };

/** A proxy is a proof by what it lets through to Kafka and to its REST API; a registry may be shared, and stays. */
const PROVING: readonly ProbeReport['service'][] = ['kafka', 'rest'];

const OPEN: readonly Outcome[] = ['answers', 'declines'];
const SHUT: readonly Outcome[] = ['closed', 'silent'];

/**
 * @param health what was seen on the way through the proxy
 * @param report the text of the stack's output proxy_report. @default - not known
 */
export function proofOf(wished: DesiredAccess, health: HealthReport, report = ''): Proof {
  const told = reportedFindings(wished, report);
  const passages = ROLES.flatMap((role) =>
    health.members[role].passages
      .filter(({ way, service }) => way === 'proxy' && PROVING.includes(service))
      .map((result) => ({ role, result })),
  );
  const tried = passages.filter(({ result }) => result.outcome !== 'not-tried');
  if (!ROLES.every((role) => tried.some((one) => one.role === role))) {
    const { untried = 'not-wished-for' } = passages.find(({ result }) => result.untried !== undefined)?.result ?? {};
    return told.some(({ agrees }) => !agrees)
      ? { kind: 'contradicted', findings: told }
      : { kind: 'impossible', because: untried, findings: told };
  }
  const seen = tried.map(({ role, result }) => seenFinding(role, result, isToBeShut(wished, role)));
  const untried = passages
    .filter((one) => !tried.includes(one))
    .map(({ role, result: { service, untried: why } }): ProofFinding => {
      return { code: 'not-tried', on: role, service, ...(why && { untried: why }), agrees: true };
    });
  const findings = [...seen, ...untried, ...told];
  return { kind: findings.every(({ agrees }) => agrees) ? 'proven' : 'contradicted', findings };
}

function seenFinding(role: Role, result: ProbeReport, shut: boolean): ProofFinding {
  const { service, host, port, outcome, detail } = result;
  const code = OPEN.includes(outcome) ? 'let-through' : SHUT.includes(outcome) ? 'shut-out' : 'failing';
  const agrees = code === (shut ? 'shut-out' : 'let-through');
  return { code, on: role, service, host, port, agrees, detail };
}

function reportedFindings({ blocked, active }: DesiredAccess, report: string): ProofFinding[] {
  const machines = machinesIn(report);
  const states = machines.length > 0 ? machines.map(({ instances }) => instances) : [instancesIn(report)];
  const instances = states.flatMap((each) => each ?? []);
  const blocks = instances.flatMap(({ name, blocked: told }): ProofFinding[] =>
    name === 'primary' ? [{ code: 'reported', told, agrees: (told !== 'none') === blocked }] : [],
  );
  const fencesOf = (on: Role): ProofFinding[] =>
    instances.flatMap(({ name, fenced }): ProofFinding[] =>
      active === undefined || name !== on || fenced === undefined
        ? []
        : [{ code: 'reported-fence', on, fenced, agrees: fenced === (active !== on) }],
    );
  return [blocks, ...ROLES.map(fencesOf)].flatMap(telling);
}

/** Of several VMs the one counts that does not do what was wished for. */
const telling = (told: readonly ProofFinding[]): readonly ProofFinding[] =>
  told.length === 0 ? [] : [told.find(({ agrees }) => !agrees) ?? told[0]];

export interface Proving {
  readonly wished: DesiredAccess;
  /** The text of the stack's output proxy_report. */
  readonly report?: string;
  /** Looks through the proxy. */
  readonly look: () => Promise<HealthReport>;
  /** Milliseconds in which it has to become true. */
  readonly timeLimitMs: number;
  readonly pauseMs?: number;
  readonly signal?: AbortSignal;
}

const PAUSE_MS = 1000;

/**
 * Looks again and again until it is as wished for, or the time is over.
 *
 * @throws AbortError once the signal is aborted
 */
export async function prove({
  wished,
  report,
  look,
  timeLimitMs,
  pauseMs = PAUSE_MS,
  signal,
}: Proving): Promise<Proof> {
  const end = performance.now() + timeLimitMs;
  for (;;) {
    const proof = proofOf(wished, await look(), report);
    if (proof.kind !== 'contradicted' || performance.now() + pauseMs > end) {
      return proof;
    }
    await sleep(pauseMs, undefined, { signal });
  }
}
