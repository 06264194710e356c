import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { HOSTS, withHostsFile } from '../background/hosts-namespace';
import { type LabFolder, type LabRecord } from '../background/lab-folder';
import { entrancesOf } from './status';

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
  const [entrance] = (await entrancesOf(record)) ?? [];
  const direct = readFileSync(kafka.hostsFile, 'utf8');
  const ofBrokers = entrance === undefined ? direct : ledTo(entrance, direct);
  mkdirSync(dirname(folder.hosts), { recursive: true, mode: 0o700 });
  writeFileSync(folder.hosts, `${ofBrokers}\n${contentOf(HOSTS)}`, { mode: 0o644 });
  const wrapped = withHostsFile(folder.hosts, command);
  if (wrapped) {
    return wrapped;
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

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
