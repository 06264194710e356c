/**
 * Generates the Confluent bindings into `.gen/` from the schema beside this file, as `cdktf get` does, without network and
 * without terraform, by the schema cache that its generator reads.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
    const made = join(cache, 'made');
    const [, versions] = constraint.split('@');
    const run = spawnSync(process.execPath, [join(__dirname, 'make-constructs.cjs'), versions, made, cache], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      env: { ...process.env, CI: '1', CHECKPOINT_DISABLE: '1' },
    });
    if (run.status !== 0) {
      throw new Error(`The bindings could not be generated:\n${run.stdout}${run.stderr}`);
    }
    // What is there stays until the new is whole, and nothing of it after that.
    const bindings = join(root, '.gen');
    rmSync(bindings, { recursive: true, force: true });
    cpSync(made, bindings, { recursive: true });
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

if (require.main === module) {
  generateBindings();
}
