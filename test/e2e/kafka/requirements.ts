import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE_OF: Readonly<Record<string, string>> = {
  java: 'openjdk-17-jre-headless',
  mvn: 'maven',
  kcat: 'kcat',
  nginx: 'nginx and libnginx-mod-stream',
  nft: 'nftables',
  openssl: 'openssl',
  ip: 'iproute2',
  unshare: 'util-linux',
};

/** Fails, rather than skips, with the names of all that is missing. */
export function requireTools(tools = Object.keys(PACKAGE_OF)): void {
  const missing = tools
    .filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
    .map((tool) => `${tool} (package ${PACKAGE_OF[tool] ?? tool})`);
  if (process.getuid?.() !== 0) missing.push('root (network namespaces are made)');
  if (missing.length > 0) throw new Error(`This suite needs what this machine does not have: ${missing.join(', ')}`);
}

const VERSION = '4.3.1';
const CACHE = join(__dirname, '../../../node_modules/.cache', `kafka-${VERSION}`, 'jars');

/** Kafka's class path; the first run lets Maven fetch it. */
export function kafkaClassPath(): string {
  const complete = (): boolean => existsSync(CACHE) && readdirSync(CACHE).includes(`kafka-tools-${VERSION}.jar`);
  if (!complete()) execFileSync('mvn', ['-q', '-B', '-f', join(__dirname, 'pom.xml'), 'package'], { stdio: 'inherit' });
  if (!complete()) throw new Error(`Maven did not bring kafka-tools-${VERSION}.jar to ${CACHE}`);
  return join(CACHE, '*');
}
