/**
 * Generates the Confluent bindings into `.gen/` from the schema beside this file: `cdktf get` without network and
 * without terraform, by the schema cache that it reads.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

export function generateBindings(): void {
  const { terraformProviders } = JSON.parse(readFileSync(join(root, 'cdktf.json'), 'utf8')) as {
    terraformProviders: string[];
  };
  const constraint = terraformProviders[0].replace('confluentinc/', '');
  const cache = mkdtempSync(join(tmpdir(), 'confluent-schema-'));
  try {
    copyFileSync(
      join(__dirname, 'confluent-schema.json'),
      join(cache, `${encodeURIComponent(constraint).replace('%40', '@')}.json`),
    );
    const cdktf = require.resolve('cdktf-cli/bundle/bin/cdktf.js');
    const run = spawnSync(process.execPath, [cdktf, 'get', '--force', '--silent'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      env: {
        ...process.env,
        CI: '1',
        CHECKPOINT_DISABLE: '1',
        CDKTF_EXPERIMENTAL_PROVIDER_SCHEMA_CACHE_PATH: cache,
      },
    });
    if (run.status !== 0) {
      throw new Error(`cdktf get failed:\n${run.stdout}${run.stderr}`);
    }
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

if (require.main === module) {
  generateBindings();
}
