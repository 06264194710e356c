import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');

/** The files of a checkout, made ready by `npm ci` and nothing else. */
class Clone {
  public readonly folder = mkdtempSync(join(tmpdir(), 'clone-'));

  public constructor() {
    const options = ['--cached', '--others', '--exclude-standard'];
    const listed = execFileSync('git', ['ls-files', ...options], { cwd: root, encoding: 'utf8' });
    for (const file of listed.split('\n').filter((name) => name && existsSync(join(root, name)))) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(join(root, file), join(this.folder, file));
    }
    this.run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund']);
  }

  public prepare(): void {
    this.run('npm', ['run', '--silent', 'prepare']);
  }

  public run(command: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): string {
    return execFileSync(command, words, {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, INIT_CWD: undefined, CI: '1', ...env },
    });
  }

  /** Each built file, and which writing of it this is. */
  public built(): Record<string, string> {
    const files = ['dist', 'packages/confluent-dr/dist', 'packages/confluent-dr-lab/dist'].flatMap((folder) =>
      readdirSync(join(this.folder, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    );
    return Object.fromEntries(
      files.map((file) => {
        const stats = statSync(join(this.folder, file));
        return [file, stats.isDirectory() ? 'folder' : `${stats.ino} ${stats.mtimeMs}`];
      }),
    );
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const differences = (before: Record<string, unknown>, after: Record<string, unknown>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((file) => before[file] !== after[file]).sort();

describe('a clone', () => {
  let clone: Clone;
  let npmCache: string;

  beforeAll(() => {
    clone = new Clone();
    npmCache = mkdtempSync(join(tmpdir(), 'npm-cache-'));
  });

  afterAll(() => {
    clone.remove();
    rmSync(npmCache, { recursive: true, force: true });
  });

  test('starts the tool of its own workspace at once, and builds nothing for it', () => {
    const before = clone.built();
    expect(before).toHaveProperty(['packages/confluent-dr/dist/main.js']);
    expect(realpathSync(join(clone.folder, 'node_modules/.bin/confluent-dr'))).toMatch(
      `${realpathSync(clone.folder)}/packages/confluent-dr/`,
    );
    const said = clone.run('npx', ['confluent-dr', '--help'], { npm_config_cache: npmCache });
    expect(said).toMatch(/^Usage: confluent-dr /);
    expect(readdirSync(npmCache)).not.toContain('_npx');
    expect(clone.built()).toEqual(before);
  });

  test('is built anew after a change, where only what became different is replaced', () => {
    const before = clone.built();
    writeFileSync(join(clone.folder, 'lib/synthesis/added.ts'), 'export const ADDED = 1;\n');
    clone.prepare();
    const added = ['dist/lib/synthesis/added.d.ts', 'dist/lib/synthesis/added.js'];
    expect(differences(before, clone.built())).toEqual(['dist/.made-from', ...added]);

    appendFileSync(join(clone.folder, 'lib/synthesis/construct-id.ts'), '\nexport const ADDED = 1;\n');
    rmSync(join(clone.folder, 'lib/synthesis/added.ts'));
    clone.prepare();
    const after = clone.built();
    const changed = ['dist/lib/synthesis/construct-id.d.ts', 'dist/lib/synthesis/construct-id.js'];
    expect(differences(before, after)).toEqual(['dist/.made-from', ...changed]);
    added.forEach((file) => expect(after).not.toHaveProperty([file]));
    expect(readdirSync(clone.folder).filter((name) => name.startsWith('.dist-'))).toEqual([]);
  });
});
