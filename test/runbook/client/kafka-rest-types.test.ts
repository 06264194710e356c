import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

test('the committed types are those of the OpenAPI document', () => {
  // A process of its own: prettier is an ES module, which jest does not load.
  const run = spawnSync(
    process.execPath,
    ['--require', 'ts-node/register', 'lib/bindings/kafka-rest/generate.ts', '--check'],
    { cwd: root, encoding: 'utf8' },
  );
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
}, 60_000);
