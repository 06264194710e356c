import { readFile, rename, writeFile } from 'node:fs/promises';
import { isSensitive } from './linking/link-settings';
import { type Sample } from './sample';
import { type CloudState, emptyCloud } from './state';
import { DEFAULT_TIMING } from './timing';

const MAP = '$map';
const HIDDEN = '***';

/** The state as text that gives the same state again. */
export function serialize(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (part instanceof Map ? { [MAP]: [...part] } : part));
}

function deserialize(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) => {
    const entries = typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[MAP] : undefined;
    return Array.isArray(entries) ? new Map(entries as [unknown, unknown][]) : part;
  });
}

/** The state for people to look at: maps as objects, nothing in it that opens anything. */
export function inspectable(state: CloudState): unknown {
  return JSON.parse(
    JSON.stringify(state, (key, part: unknown) => {
      if (isSecret(key)) {
        return HIDDEN;
      }
      return part instanceof Map ? (Object.fromEntries(part) as unknown) : part;
    }),
  ) as unknown;
}

/** The seed too: all secrets follow from it. */
function isSecret(key: string): boolean {
  return ['secret', 'seed'].includes(key) || isSensitive(key) || /password|basic\.auth\.user\.info|jaas/.test(key);
}

/** What outlives a process: the cloud, its addresses, and the keys that its user was given. */
export interface Snapshot {
  readonly format: 1;
  readonly state: CloudState;
  /** By `control-plane`, cluster and registry. */
  readonly ports: Readonly<Record<string, number>>;
  readonly sample?: Sample;
}

/** A file that only its owner may read, since it holds secrets. A write that breaks off leaves the former one. */
export class StateFile {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  public async read(): Promise<Snapshot | undefined> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    });
    if (text === undefined) {
      return undefined;
    }
    const snapshot = this.parse(text);
    if (snapshot?.format !== 1) {
      throw new Error(`${this.path} is not a state of the lab; move it away, or name another file.`);
    }
    // A file of an earlier version knows nothing of what has been added since.
    const timing = { ...DEFAULT_TIMING, ...snapshot.state.timing };
    return { ...snapshot, state: { ...emptyCloud('', 0), ...snapshot.state, timing } };
  }

  public write(snapshot: Snapshot): Promise<void> {
    const text = serialize(snapshot);
    const next = async (): Promise<void> => {
      const draft = `${this.path}.new`;
      await writeFile(draft, text, { mode: 0o600 });
      await rename(draft, this.path);
    };
    this.writing = this.writing.then(next, next);
    return this.writing;
  }

  private parse(text: string): Snapshot | undefined {
    try {
      return deserialize(text) as Snapshot;
    } catch {
      return undefined;
    }
  }
}
