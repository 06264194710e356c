import { spawnSync } from 'node:child_process';

/** What the suites need. They fail without it: a proof that was skipped is none. */
const TOOLS = {
  mmdebstrap: 'mmdebstrap',
  ip: 'iproute2',
  nft: 'nftables',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  flock: 'util-linux',
  openssl: 'openssl',
};

const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

export function requireTools(): void {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'these tests need root: they make network and mount namespaces; run them as root (sudo npm run test:proxy)',
    );
  }
  const missing = Object.entries(TOOLS).filter(
    ([tool]) => spawnSync('sh', ['-c', `command -v ${tool}`], { env: { ...process.env, PATH } }).status !== 0,
  );
  if (missing.length > 0) {
    throw new Error(
      `these tests need ${missing.map(([tool, from]) => `${tool} (apt-get install ${from})`).join(', ')}`,
    );
  }
}
