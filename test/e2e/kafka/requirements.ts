import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requireTools as requireProxyTools } from '../proxy/harness/tools';

const PACKAGE_OF: Readonly<Record<string, string>> = {
  java: 'openjdk-17-jre-headless',
  mvn: 'maven',
  kcat: 'kcat',
};

/** Fails, rather than skips, with the names of all that is missing. */
export function requireTools(tools = Object.keys(PACKAGE_OF)): void {
  requireProxyTools();
  const missing = tools
    .filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
    .map((tool) => `${tool} (apt-get install ${PACKAGE_OF[tool] ?? tool})`);
  if (missing.length > 0) throw new Error(`these tests need ${missing.join(', ')}`);
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
