import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type AzureState } from './azure';

/** Where a lab's Azure outlives the process; only its owner may read it, since it holds passwords. */
export class AzureFile {
  private written = '';

  constructor(private readonly path: string) {}

  /** Undefined if there is none yet. */
  public read(): AzureState | undefined {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as AzureState;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  public write(state: AzureState): void {
    this.writeText(JSON.stringify(state));
  }

  /** Writes what is not written yet, so that a lab which is killed loses next to nothing. */
  public writeChanged(state: AzureState): void {
    const text = JSON.stringify(state);
    if (text !== this.written) {
      this.writeText(text);
    }
  }

  private writeText(text: string): void {
    writeFileSync(`${this.path}.new`, text, { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
    this.written = text;
  }
}
