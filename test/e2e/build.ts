import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { collectRarely } from './garbage-collection';

/** The tool and the lab run as they are built, from the sources as they are now. */
export default function build(): void {
  collectRarely();
  const root = join(__dirname, '../..');
  const { status } = spawnSync(process.execPath, ['tools/build.mjs', '--if-changed'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    throw new Error(`the build ended with exit code ${status}`);
  }
}
