import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildImage,
  imageFolder as bareFolder,
  imagesFolder,
  runBuild,
} from '../../../../packages/confluent-dr-lab/src/machine/image';

/** `bare`: what the lab's VMs begin with, the proxy's packages in a repository on disk; `packaged`: they are installed. */
export type Image = 'bare' | 'packaged';

const PACKAGED = join(__dirname, 'packaged.sh');

/**
 * Where the images are. A folder given here is kept and used again; without one it is temporary, and whoever made it
 * hands it on to the processes that it starts.
 */
const FOLDER = 'PROXY_IMAGES';

function settleFolder(): void {
  if (process.env[FOLDER]) {
    return;
  }
  const made = mkdtempSync(join(tmpdir(), 'proxy-images-'));
  process.env[FOLDER] = made;
  // Removed by a process that outlives this one, however this one ends.
  const janitor = spawn('sh', ['-c', 'cat >/dev/null; rm -rf "$0"', made], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  janitor.unref();
  (janitor.stdin as unknown as { unref(): void }).unref();
}

function packagedFolder(): string {
  const mark = createHash('sha256').update(bareFolder()).update(readFileSync(PACKAGED)).digest('hex').slice(0, 12);
  return join(imagesFolder(), `packaged-${mark}`);
}

/** Builds the images unless they are there: a minute or more, once for all suites that are told the folder. */
export async function buildImages(): Promise<void> {
  settleFolder();
  const tell = (step: string): void => void process.stdout.write(`For the tests of the proxy: ${step}\n`);
  await buildImage({ tell });
  if (!existsSync(packagedFolder())) {
    tell('the packages are installed in a copy');
    await runBuild([PACKAGED, bareFolder(), packagedFolder()], tell);
  }
}

export async function imageFolder(image: Image): Promise<string> {
  await buildImages();
  return image === 'bare' ? bareFolder() : packagedFolder();
}
