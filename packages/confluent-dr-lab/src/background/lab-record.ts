import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Sample } from '../cloud';
import { type LabFolder } from './lab-folder';

/** A lab that runs in the background, as it says itself. */
export interface LabRecord {
  readonly id: string;
  readonly pid: number;
  readonly startedAt: string;
  /** Of the control plane, and of the lab's own API under `/lab/v1`. */
  readonly url: string;
  readonly reattach: string;
  readonly sample: Sample;
  /** Addresses by cluster and registry. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The default app's variables, so that it deploys to this lab. */
  readonly variables: Readonly<Record<string, string>>;
  /** Of a lab with brokers: the CA that they are signed by, and where their names are answered, as in /etc/hosts. */
  readonly kafka?: { readonly caFile: string; readonly hostsFile: string };
  /** Where what is deployed to VMs runs here, as a proxy: who signs the clusters' certificates, and what is for 443. */
  readonly proxy?: { readonly caFile: string; readonly httpsPort: number };
  /** What this machine lacks for such a proxy. @default - there is one, or this lab is of an earlier version */
  readonly lacksForProxy?: string;
}

/** Undefined where no lab has written one. */
export function readRecord(folder: LabFolder): LabRecord | undefined {
  try {
    return JSON.parse(readFileSync(folder.record, 'utf8')) as LabRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    const advice = 'Remove it by hand; if a lab still runs, end its process.';
    throw new Error(`${folder.record} is not a lab's record: ${(error as Error).message}. ${advice}`, { cause: error });
  }
}

/** @throws if there is one already: two labs never share a folder */
export function writeRecord(folder: LabFolder, record: LabRecord): void {
  const draft = `${folder.record}.new`;
  writeFileSync(draft, JSON.stringify(record, undefined, 2), { mode: 0o600 });
  // Whoever reads meanwhile finds a whole record or none.
  linkSync(draft, folder.record);
  rmSync(draft);
}

export function removeRecord(folder: LabFolder): void {
  rmSync(folder.record, { force: true });
}
