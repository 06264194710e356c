import { setTimeout as wait } from 'node:timers/promises';
import { type Deployment, isLab } from '../deployment/deployment';
import { type Journal } from '../drill/journal';
import { type Result } from '../drill/recorder';
import { MACHINE_CLOCK } from '../execute/time-limits';
import { type PairSource } from '../observe/observe-pair';
import { type PairObservation, presenceOf } from '../observe/pair-observation';
import { waitForQuiet } from '../observe/traffic';
import { BadInput } from './exit';
import { installedLab, type LabFault, type RunningLab } from './installed-lab';

const KIND = 'refused';
const LOOK_INTERVAL_MS = 500;
/** A cluster of brokers starts within it on a busy machine; whoever takes a real one away was asked whether it is gone. */
const LIMIT_MS = 120_000;

/** Who can lose the primary: the lab that it is in, or whoever runs the drill. */
export const loserOf = (deployment: Deployment): 'lab' | 'operator' => (isLab(deployment) ? 'lab' : 'operator');

/** @throws BadInput where the lab that runs is another one, Error where none does */
export async function labOf({ members: { primary } }: Deployment): Promise<RunningLab> {
  const lab = await (await installedLab()).runningLab();
  if (lab.primaryId !== primary.clusterId) {
    throw new BadInput(
      `the primary is ${primary.clusterId}, and the lab that runs has ${lab.primaryId}; run the drill by the lab exec of its own lab.`,
    );
  }
  return lab;
}

/** Loses the primary of a drill, and has it back. */
export class PrimaryOutage {
  constructor(
    private readonly deployment: Deployment,
    private readonly source: PairSource,
    private readonly observe: () => Promise<PairObservation>,
    private readonly journal: () => Journal,
    private readonly signal: AbortSignal,
  ) {}

  public async lose(lost: boolean): Promise<Result> {
    const fault = loserOf(this.deployment) === 'lab' ? await (lost ? this.add() : this.remove()) : undefined;
    const end = Date.now() + LIMIT_MS;
    for (;;) {
      const { members, topics } = await this.observe();
      const { dataPlane } = members.primary;
      const presence = presenceOf(dataPlane);
      const document = { primary: presence, ...(fault !== undefined && { fault }) };
      if (presence === (lost ? 'away' : 'answers')) {
        return lost ? { ok: true, document } : this.quiet(topics, document);
      }
      if (this.signal.aborted || Date.now() > end) {
        const told = lost ? 'The primary still answers.' : `The primary does not answer: ${dataPlane.kind}.`;
        return { ok: false, document, problem: told };
      }
      await wait(LOOK_INTERVAL_MS, undefined, { signal: this.signal }).catch(() => undefined);
    }
  }

  /**
   * A cluster that was lost holds the members of its groups for alive until their sessions end, and refuses to be restored
   * until then.
   */
  private async quiet(topics: PairObservation['topics'], document: object): Promise<Result> {
    const step = { operation: 'truncate-and-restore', on: 'primary', topics } as const;
    const time = { now: MACHINE_CLOCK.now, sleep: MACHINE_CLOCK.sleep, signal: this.signal };
    const { traffic, isQuiet } = await waitForQuiet(this.source, step, time, LIMIT_MS);
    const active = traffic.groups.filter((group) => group.isActive).map(({ group }) => group);
    return isQuiet
      ? { ok: true, document }
      : {
          ok: false,
          document: { ...document, active },
          problem: `The primary is back, and is not quiet; what has groups with members cannot be restored: ${active.join(', ') || 'it does not tell of them'}.`,
        };
  }

  /** One that an interrupted drill left does. */
  private async add(): Promise<string> {
    const lab = await labOf(this.deployment);
    const [there] = await this.faults(lab);
    return (there ?? (await lab.addFault(KIND, this.primary))).id;
  }

  /** What the drill put there, by its journal; where it was killed before it noted that, what takes the primary away. */
  private async remove(): Promise<string | undefined> {
    const lab = await labOf(this.deployment);
    const noted = this.journal().run.flatMap(({ activity, output }) =>
      activity.name === 'outage' ? ((output.result as { fault?: string } | undefined)?.fault ?? []) : [],
    );
    const there = await this.faults(lab);
    const own = there.filter(({ id }) => noted.length === 0 || noted.includes(id));
    for (const { id } of own) {
      await lab.removeFault(id);
    }
    return own.at(0)?.id;
  }

  private async faults(lab: RunningLab): Promise<LabFault[]> {
    return (await lab.faults()).filter(({ kind, target }) => kind === KIND && target === this.primary);
  }

  private get primary(): string {
    return this.deployment.members.primary.clusterId;
  }
}
