import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type LabFolder } from '../../lab/background/lab-folder';
import { type LabRecord } from '../../lab/background/lab-record';
import { proxiesOf } from './describe-lab';

const HOSTS = '/etc/hosts';
/** The first argument is the file that takes the place of the machine's. */
const SCRIPT = `mount --bind "$0" ${HOSTS} && exec "$@"`;

/**
 * A command for whose processes alone the names of the lab's brokers lead to the proxy, or past it where none is deployed
 * yet. The machine's own hosts file is not touched; nothing is left of it when the command has ended.
 *
 * @returns the command as it is for a lab without brokers, and where the system does not permit it
 */
export async function withHosts(
  command: readonly string[],
  folder: LabFolder,
  record: LabRecord,
): Promise<readonly string[]> {
  const { kafka } = record;
  if (!kafka) {
    return command;
  }
  const [proxy] = (await proxiesOf(record)) ?? [];
  const direct = readFileSync(kafka.hostsFile, 'utf8');
  const ofBrokers = proxy ? ledTo(proxy.address, direct) : direct;
  mkdirSync(dirname(folder.hosts), { recursive: true, mode: 0o700 });
  writeFileSync(folder.hosts, `${ofBrokers}\n${contentOf(HOSTS)}`, { mode: 0o644 });
  const wrapper = namespaces().find((words) => succeeds([...words, 'true'], folder.hosts));
  if (wrapper) {
    return [...inside(wrapper, folder.hosts), ...command];
  }
  const names = namesIn(direct);
  const named = names.find((name) => command.some((word) => word.includes(name)));
  if (named !== undefined) {
    console.error(
      `confluent-dr: nothing on this machine leads to ${named}, and it permits no hosts file of its own to a command (unshare). ` +
        `Give ${folder.hosts} to the command by another way, such as libnss-wrapper: ` +
        `LD_PRELOAD=libnss_wrapper.so NSS_WRAPPER_HOSTS=${folder.hosts}`,
    );
  }
  return command;
}

/** All names but the machine's own at one address. */
export function ledTo(address: string, hosts: string): string {
  return namesIn(hosts)
    .map((name) => `${address} ${name}\n`)
    .join('');
}

const namesIn = (hosts: string): string[] =>
  hosts.split('\n').flatMap((line) =>
    line
      .trim()
      .split(/\s+/)
      .slice(1)
      .filter((name) => name !== 'localhost'),
  );

/** What stands between `unshare` and the command, in the order of preference: the last is root to its command. */
function namespaces(): string[][] {
  const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const mounting = ['unshare', '--mount', '--propagation', 'private'];
  const own = [...mounting, '--user', '--map-root-user'];
  const asUser = ['unshare', '--user', `--map-user=${user}`, `--map-group=${group}`, '--'];
  const shell = ['sh', '-c', SCRIPT, ''];
  return [...(user === 0 ? [[...mounting, ...shell]] : []), [...own, ...shell, ...asUser], [...own, ...shell]];
}

const inside = (words: readonly string[], file: string): string[] => words.map((word) => (word === '' ? file : word));

const succeeds = (words: readonly string[], file: string): boolean => {
  const [program, ...args] = inside(words, file);
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
};

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
