import { spawnSync } from 'node:child_process';

/** What the suites need. They fail without it: a proof that was skipped is none. */
const TOOLS = {
  nginx: 'nginx and libnginx-mod-stream',
  nft: 'nftables',
  ip: 'iproute2',
  ss: 'iproute2',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  logrotate: 'logrotate',
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
  if (spawnSync('test', ['-e', '/usr/lib/nginx/modules/ngx_stream_module.so']).status !== 0) {
    throw new Error("these tests need nginx's stream module (apt-get install libnginx-mod-stream)");
  }
}
