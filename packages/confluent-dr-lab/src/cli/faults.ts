import { LabApi } from '../background/lab-api';
import { type Sample } from '../cloud';
import { BadInput } from './ending';
import { printDocument } from './json-output';
import { type LabOptions, targetId, theLab } from './running-lab';

interface FaultOptions extends LabOptions {
  readonly topic?: string;
  readonly task?: string;
  readonly method?: string;
  readonly path?: string;
  readonly times?: number;
  readonly delayMs?: number;
  readonly retryAfter?: number;
  readonly message?: string;
}

export interface ShownFault {
  readonly id: string;
  readonly kind: string;
  readonly target?: string;
  readonly [limit: string]: unknown;
}

const RUN_COMMAND = 'run-command';
const RUN_COMMAND_PATH = '/azure/run-command-fault';

export async function addFault(kind: string, target: string | undefined, options: FaultOptions): Promise<void> {
  const { record } = await theLab(options);
  const api = new LabApi(record.url);
  if ((kind === RUN_COMMAND) !== (target === undefined)) {
    throw new BadInput(
      kind === RUN_COMMAND
        ? `received the target ${target}; run-command has none, it is of the proxy's VM`
        : `the fault ${kind} needs a target, such as primary`,
    );
  }
  if (target === undefined) {
    refuseUseless(kind, options);
    await api.put(RUN_COMMAND_PATH, { message: options.message });
    report({ id: RUN_COMMAND, kind: RUN_COMMAND, message: options.message }, record.sample, options);
    return;
  }
  refuseUseless(kind, options);
  const { topic, task, method, path, times, delayMs, retryAfter: retryAfterSeconds, message } = options;
  const fault = {
    kind,
    target: targetId(target, record.sample),
    topic,
    task,
    method,
    path,
    times,
    delayMs,
    retryAfterSeconds,
    message,
  };
  const added = await api.post('/faults', fault).catch((error: Error) => {
    throw new BadInput(error.message);
  });
  report(added as ShownFault, record.sample, options);
}

const WIRE = ['refused', 'hanging', 'unavailable', 'slow', 'throttled', 'cut'];
const MIRRORS = ['mirror-refused', 'mirror-stuck', 'mirror-failed', 'replication-held'];
/** The kinds that an option belongs to; without effect elsewhere, it would let more go wrong than was meant. */
const KINDS_OF = {
  topic: MIRRORS,
  task: ['task-stuck'],
  method: WIRE,
  path: WIRE,
  times: WIRE,
  delayMs: ['slow'],
  retryAfter: ['throttled'],
  message: ['mirror-refused', RUN_COMMAND],
} as const satisfies Partial<Record<keyof FaultOptions, readonly string[]>>;

function refuseUseless(kind: string, options: FaultOptions): void {
  for (const [option, kinds] of Object.entries(KINDS_OF)) {
    if (options[option as keyof typeof KINDS_OF] !== undefined && !(kinds as readonly string[]).includes(kind)) {
      const flag = `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      throw new BadInput(`received ${flag} for ${kind}; it belongs to ${kinds.join(', ')}`);
    }
  }
}

export async function listFaults(options: LabOptions): Promise<void> {
  const { record } = await theLab(options);
  const faults = await faultsOf(new LabApi(record.url));
  if (options.json) {
    printDocument('lab-fault-list', { faults });
  } else if (faults.length === 0) {
    console.log('Nothing goes wrong.');
  } else {
    faults.forEach((fault) => console.log(describeFault(fault, record.sample)));
  }
}

export async function clearFaults(id: string | undefined, options: LabOptions): Promise<void> {
  const { record } = await theLab(options);
  const api = new LabApi(record.url);
  const cleared = id === undefined ? (await faultsOf(api)).map((fault) => fault.id) : [id];
  if (id !== undefined && id !== RUN_COMMAND) {
    await api.delete(`/faults/${encodeURIComponent(id)}`).catch((error: Error) => {
      throw new BadInput(error.message);
    });
  }
  if (id === undefined) {
    await api.delete('/faults');
  }
  if (id === undefined || id === RUN_COMMAND) {
    await api.delete(RUN_COMMAND_PATH);
  }
  if (options.json) {
    printDocument('lab-fault-clear', { cleared });
  } else {
    console.log(id === undefined ? 'Nothing goes wrong any more.' : `Cleared ${id}.`);
  }
}

/** Those of both clouds. */
export async function faultsOf(api: LabApi): Promise<ShownFault[]> {
  const { faults } = (await api.get('/faults')) as { faults: ShownFault[] };
  const { message } = (await api.get(RUN_COMMAND_PATH)) as { message?: string };
  return message === undefined ? faults : [...faults, { id: RUN_COMMAND, kind: RUN_COMMAND, message }];
}

export function describeFault({ id, kind, target, ...limits }: ShownFault, sample: Sample): string {
  const names = ['control-plane', 'primary', 'secondary', 'primary-registry', 'secondary-registry'];
  const name = names.find((candidate) => targetId(candidate, sample) === target) ?? target;
  const details = Object.entries(limits)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${key} ${String(value)}`);
  return [`${id}: ${kind}`, name, ...(details.length > 0 ? [`(${details.join(', ')})`] : [])].filter(Boolean).join(' ');
}

function report(fault: ShownFault, sample: Sample, { json }: LabOptions): void {
  if (json) {
    printDocument('lab-fault-add', fault);
  } else {
    console.log(`From now on ${describeFault(fault, sample)}`);
  }
}

/** The lab that runs, as whoever rehearses with it works with it. */
export interface RunningLab {
  readonly primaryId: string;
  faults(): Promise<ShownFault[]>;
  addFault(kind: string, target: string): Promise<ShownFault>;
  removeFault(id: string): Promise<void>;
}

/** @throws where none runs for this environment or project */
export async function runningLab(): Promise<RunningLab> {
  const { record } = await theLab({});
  const api = new LabApi(record.url);
  return {
    primaryId: record.sample.primary.clusterId,
    faults: () => faultsOf(api),
    addFault: async (kind, target) => (await api.post('/faults', { kind, target })) as ShownFault,
    removeFault: async (id) => {
      await api.delete(`/faults/${encodeURIComponent(id)}`);
    },
  };
}
