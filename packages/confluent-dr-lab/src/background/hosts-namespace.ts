import { spawnSync } from 'node:child_process';

export const HOSTS = '/etc/hosts';
/** The first argument is the file that takes the place of the machine's. */
const SCRIPT = `mount --bind "$0" ${HOSTS} && exec "$@"`;

/**
 * A command that finds another hosts file than the machine's, in a namespace that ends with it.
 *
 * @returns undefined where the system does not permit it
 */
export function withHostsFile(file: string, command: readonly string[]): readonly string[] | undefined {
  const wrapper = wrappers(file).find(([program, ...args]) => {
    const { status } = spawnSync(program, [...args, 'true'], { stdio: 'ignore' });
    return status === 0;
  });
  return wrapper && [...wrapper, ...command];
}

/** In the order of preference: by the last of them the command believes that it is root. */
function wrappers(file: string): string[][] {
  const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const mounting = ['unshare', '--mount', '--propagation', 'private'];
  const own = [...mounting, '--user', '--map-root-user'];
  const asUser = ['unshare', '--user', `--map-user=${user}`, `--map-group=${group}`, '--'];
  const shell = ['sh', '-c', SCRIPT, file];
  return [...(user === 0 ? [[...mounting, ...shell]] : []), [...own, ...shell, ...asUser], [...own, ...shell]];
}
