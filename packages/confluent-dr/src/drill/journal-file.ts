import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { type Journal } from './journal';

/** Whoever reads the file finds a whole journal, whenever that is. It names clusters and topics: its owner alone reads it. */
export function writeJournal(file: string, journal: Journal): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, `${JSON.stringify(journal, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
