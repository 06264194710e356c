import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(900_000);

const root = join(__dirname, '../../..');

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

describe('the API reference', () => {
  test('is current, and every public member has a summary; npm run docs renews it', () => {
    const out = mkdtempSync(join(tmpdir(), 'api-'));
    try {
      const typedoc = join(root, 'node_modules/typedoc/bin/typedoc');
      execFileSync(process.execPath, [typedoc, '--out', out], { cwd: root, stdio: 'pipe', encoding: 'utf8' });
      const made = filesOf(out);
      expect(Object.keys(made)).toContain(join('classes', 'ConfluentClusterPair.md'));
      expect(filesOf(join(root, 'docs/api'))).toEqual(made);
    } finally {
      rmSync(out, { recursive: true });
    }
  });
});
