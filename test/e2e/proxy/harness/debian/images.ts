import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `bare`: a Debian with systemd that has the proxy's packages in a repository on disk; `packaged`: they are installed. */
export type Image = 'bare' | 'packaged';

const BUILD = join(__dirname, 'build.sh');

/**
 * Where the images are. A folder given here is kept and used again; without one it is temporary, and whoever made it
 * hands it on to the processes that it starts.
 */
const FOLDER = 'PROXY_IMAGES';

function folder(): string {
  const given = process.env[FOLDER];
  if (given) {
    mkdirSync(given, { recursive: true });
    return given;
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
  return made;
}

const builtBy = (): string =>
  join(folder(), createHash('sha256').update(readFileSync(BUILD)).digest('hex').slice(0, 12));

/** Builds the images unless they are there: a minute or more, once for all suites that are told the folder. */
export function buildImages(): void {
  const target = builtBy();
  if (existsSync(target)) return;
  process.stdout.write('Building a Debian with systemd for the tests of the proxy\n');
  const isolated = ['--pdeathsig', 'KILL', 'unshare', '--mount', '--propagation', 'private', '--pid', '--fork'];
  const build = [...isolated, '--kill-child', '--mount-proc', 'bash', BUILD, target];
  const { status, stdout, stderr, error } = spawnSync('setpriv', build, { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (status !== 0) {
    const last = `${stdout}${stderr}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`a Debian with systemd could not be built: ${error?.message ?? `status ${status}`}\n${last}`);
  }
}

export function imageFolder(image: Image): string {
  const built = join(builtBy(), image);
  if (!existsSync(built)) buildImages();
  return built;
}
