import { spawnSync } from 'node:child_process';
import { requireBrokerTools } from '../../../packages/confluent-dr-lab/src/kafka/broker/requirements';
import { requireTools as requireProxyTools } from '../proxy/harness/tools';

const PACKAGE_OF: Readonly<Record<string, string>> = { kcat: 'kcat' };

/** Fails, rather than skips, with the names of all that is missing. */
export function requireTools(tools = Object.keys(PACKAGE_OF)): void {
  requireProxyTools();
  requireBrokerTools();
  const missing = tools
    .filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0)
    .map((tool) => `${tool} (apt-get install ${PACKAGE_OF[tool] ?? tool})`);
  if (missing.length > 0) throw new Error(`these tests need ${missing.join(', ')}`);
}
