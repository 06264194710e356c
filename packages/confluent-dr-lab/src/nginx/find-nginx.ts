import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The nginx of this machine. */
export interface Nginx {
  readonly command: string;
  /** The file of its stream module. @default - it is built in */
  readonly streamModule?: string;
  /** The environment in which the command is found. */
  readonly env: NodeJS.ProcessEnv;
}

const ADVICE = 'apt-get install nginx libnginx-mod-stream';

/** Where Debian has it, and does not show its users. */
const FURTHER = ['/usr/local/sbin', '/usr/sbin'];

/** A phrase on what is missing where there is none that can be the proxy. */
export function findNginx(given: NodeJS.ProcessEnv = process.env, further = FURTHER): Nginx | string {
  const env = { ...given, PATH: [given.PATH, ...further].filter(Boolean).join(':') };
  const { status, stderr } = spawnSync('nginx', ['-V'], { env, encoding: 'utf8' });
  if (status !== 0) {
    return `nginx: ${ADVICE}`;
  }
  const options = stderr.split(/\s+/);
  if (!options.includes('--with-stream_ssl_preread_module')) {
    return `an nginx that reads the server names of TLS (stream_ssl_preread): ${ADVICE}`;
  }
  if (options.includes('--with-stream')) {
    return { command: 'nginx', env };
  }
  const folder = options.map((option) => /^--modules-path=(.+)$/.exec(option)?.[1]).find(Boolean) ?? '';
  const streamModule = join(folder, 'ngx_stream_module.so');
  return existsSync(streamModule) ? { command: 'nginx', streamModule, env } : `nginx's stream module: ${ADVICE}`;
}
