import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { dataFile, userCache } from '../places';

const BUILD = dataFile('machine/build.sh');

/** Where images are kept from one lab to the next; PROXY_IMAGES names another folder. */
export function imagesFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env.PROXY_IMAGES || join(userCache(env), 'machines');
}

/** Of the image that this version of the package makes, whether or not it is there. */
export function imageFolder(env: NodeJS.ProcessEnv = process.env): string {
  const mark = createHash('sha256').update(readFileSync(BUILD)).digest('hex').slice(0, 12);
  return join(imagesFolder(env), `debian-${mark}`);
}

export const hasImage = (env: NodeJS.ProcessEnv = process.env): boolean => existsSync(imageFolder(env));

export interface ImageBuild {
  /** Told what is done now. */
  readonly tell: (step: string) => void;
  /** Ends the build; nothing of it is left then. @default - it is not ended */
  readonly signal?: AbortSignal;
}

/**
 * Builds the image unless it is there, a minute or more.
 *
 * @throws Error with the last that the build said, or AbortError
 */
export async function buildImage({ tell, signal }: ImageBuild): Promise<void> {
  const target = imageFolder();
  if (!existsSync(target)) {
    mkdirSync(imagesFolder(), { recursive: true });
    await runBuild([BUILD, target], tell, signal).catch((error: Error) => {
      // Unless another one builds by now.
      spawnSync('flock', ['-w', '5', `${target}.lock`, 'rm', '-rf', `${target}.new`]);
      throw error;
    });
  }
}

/**
 * Runs a script that builds an image, in a mount namespace and with processes of its own, which end with this process.
 *
 * @throws Error with the last that it said, or AbortError
 */
export async function runBuild(
  command: readonly string[],
  tell: (step: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const isolated = ['--pdeathsig', 'KILL', 'unshare', '--mount', '--propagation', 'private', '--pid', '--fork'];
  // A process group of its own: what Ctrl-C ends is decided by the signal.
  const build = spawn('setpriv', [...isolated, '--kill-child', '--mount-proc', 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  createInterface({ input: build.stdout }).on('line', tell);
  let said = '';
  build.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-20_000)));
  const abort = (): void => void build.kill('SIGKILL');
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const [code, killed] = await new Promise<[number | null, string | null]>((resolve, reject) => {
      build.once('error', reject);
      build.once('close', (...end) => resolve(end));
    });
    if (signal?.aborted) {
      throw new DOMException('interrupted while the image was built', 'AbortError');
    }
    if (code !== 0) {
      const last = said.trim().split('\n').slice(-15).join('\n');
      throw new Error(`a Debian with systemd could not be built (${killed ?? `exit code ${code}`}):\n${last}`);
    }
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
