import { spawnSync } from 'node:child_process';
import { hasImage } from './image';

/** Machines cannot be had here; the message tells why, and how to get what is missing. Nothing was done. */
export class NoMachines extends Error {}

export interface MachineMeans {
  /** @default - those of this process */
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly uid?: number;
}

/** What boots a machine, by the package of Debian that has it. */
const TOOLS: Readonly<Record<string, string>> = {
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  flock: 'util-linux',
  ip: 'iproute2',
  openssl: 'openssl',
};
const BUILDER = { mmdebstrap: 'mmdebstrap' };

/** Where Debian has some of them, and does not show its users. */
const FURTHER = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** All that a machine does first, and what a container or a kernel may forbid. */
const NAMESPACES = ['--mount', '--pid', '--net', '--uts', '--ipc', '--cgroup', '--fork', '--kill-child'];
const CONTROL_GROUPS = 'mount --make-rprivate / && mount -t cgroup2 cgroup2 /mnt && test -e /mnt/cgroup.controllers';

/**
 * @param command what was typed, to be typed again with sudo
 * @throws NoMachines
 */
export function requireMachines(command: string, means: MachineMeans = {}, further = FURTHER): void {
  const { env = process.env, platform = process.platform, uid = process.getuid?.() } = means;
  if (platform !== 'linux') {
    throw new NoMachines(`--proxy vm makes a machine in namespaces of Linux, and this is ${platform}. ${WITHOUT}`);
  }
  if (uid !== 0) {
    throw new NoMachines(
      '--proxy vm needs root: it makes a machine in namespaces of its own. Run this and every other command of this lab with ' +
        `sudo: sudo env "PATH=$PATH" ${command}. ${WITHOUT}`,
    );
  }
  const path = [env.PATH, ...further].filter(Boolean).join(':');
  const needed = Object.entries({ ...TOOLS, ...(hasImage(env) ? {} : BUILDER) });
  const missing = needed.filter(([tool]) => !isThere(tool, path));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(([, name]) => name))];
    throw new NoMachines(
      `--proxy vm needs what this machine has not: ${missing.map(([tool]) => tool).join(', ')}. ` +
        `Get it: apt-get install ${packages.join(' ')}. ${WITHOUT}`,
    );
  }
  const probe = spawnSync('unshare', [...NAMESPACES, '/bin/sh', '-c', CONTROL_GROUPS], {
    env: { ...env, PATH: path },
    encoding: 'utf8',
  });
  if (probe.status !== 0) {
    throw new NoMachines(
      `--proxy vm makes a machine in namespaces with control groups of version 2, which this system does not permit: ` +
        `${probe.stderr.trim()}. A container permits it when it is privileged. ${WITHOUT}`,
    );
  }
}

const WITHOUT = 'Without --proxy vm the nginx of this machine is the proxy, and no root is needed.';

const isThere = (tool: string, path: string): boolean =>
  spawnSync('/bin/sh', ['-c', `command -v ${tool}`], { env: { PATH: path } }).status === 0;
