import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeHosts, HostsFileProblem } from '../../src/proxy/hosts-file';

// As a module of its own, so that a test can let one function fail.
jest.mock('node:fs/promises', () => ({
  __esModule: true,
  ...jest.requireActual<typeof files>('node:fs/promises'),
}));

const LINES = ['203.0.113.7 pkc-1.a.b.c'];
const BLOCK = '# BEGIN confluent-dr\n203.0.113.7 pkc-1.a.b.c\n# END confluent-dr\n';
const BEFORE = Buffer.from('127.0.0.1 localhost\n# \u00ff no UTF-8\n', 'latin1');

describe('changeHosts', () => {
  let folder: string;
  let file: string;
  const apply = (options: { dryRun?: boolean; lines?: string[] } = {}) =>
    changeHosts({ file, block: 'confluent-dr', lines: LINES, ...options });
  const remove = (options: { dryRun?: boolean } = {}) => changeHosts({ file, block: 'confluent-dr', ...options });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hosts-'));
    file = join(folder, 'hosts');
    writeFileSync(file, BEFORE);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  test('writes the block and takes it out again, every other byte as it was', async () => {
    expect(await apply()).toEqual({
      action: 'apply',
      file,
      changed: true,
      dryRun: false,
      added: LINES,
      removed: [],
      others: [],
    });
    expect(readFileSync(file)).toEqual(Buffer.concat([Buffer.from(BLOCK), BEFORE]));
    expect(await remove()).toMatchObject({ action: 'remove', changed: true, added: [], removed: LINES });
    expect(readFileSync(file)).toEqual(BEFORE);
  });

  test('tells which lines of the block come and which go', async () => {
    await apply();
    const lines = ['203.0.113.7 pkc-2.a.b.c'];
    expect(await apply({ lines })).toMatchObject({ changed: true, added: lines, removed: LINES });
    expect(readFileSync(file, 'latin1')).toContain(
      '# BEGIN confluent-dr\n203.0.113.7 pkc-2.a.b.c\n# END confluent-dr\n',
    );
  });

  test('leaves the file itself alone where there is nothing to change', async () => {
    await apply();
    const { ino, mtimeMs } = statSync(file);
    expect(await apply()).toMatchObject({ changed: false, added: [], removed: [] });
    expect(statSync(file)).toMatchObject({ ino, mtimeMs });
  });

  test('tells with a dry run what would change, and changes nothing', async () => {
    expect(await apply({ dryRun: true })).toMatchObject({ changed: true, dryRun: true, added: LINES });
    expect(readFileSync(file)).toEqual(BEFORE);
    await apply();
    expect(await remove({ dryRun: true })).toMatchObject({ changed: true, removed: LINES });
    expect(readFileSync(file, 'latin1')).toContain(BLOCK);
  });

  test('tells who else leads the hosts somewhere, and where that stands afterwards', async () => {
    writeFileSync(file, '10.0.0.1 pkc-1.a.b.c\n');
    const text = '10.0.0.1 pkc-1.a.b.c';
    expect((await apply({ dryRun: true })).others).toEqual([{ line: 1, text }]);
    expect((await apply()).others).toEqual([{ line: 4, text }]);
    expect((await remove()).others).toEqual([{ line: 1, text }]);
  });

  test('keeps mode and owner, and leaves nothing beside the file', async () => {
    const own = process.getuid!() === 0 ? 4711 : process.getuid!();
    chownSync(file, own, process.getgid!());
    chmodSync(file, 0o664);
    await apply();
    expect(statSync(file)).toMatchObject({ uid: own, gid: process.getgid!() });
    expect(statSync(file).mode & 0o7777).toBe(0o664);
    expect(readdirSync(folder)).toEqual(['hosts']);
  });

  test('replaces the file as a whole: who has it open still reads the old one', async () => {
    const old = await files.open(file);
    await apply();
    expect(await old.readFile()).toEqual(BEFORE);
    await old.close();
  });

  test('follows a symbolic link, which stays one', async () => {
    mkdirSync(join(folder, 'real'));
    const real = join(folder, 'real', 'hosts');
    writeFileSync(real, BEFORE);
    rmSync(file);
    symlinkSync(join('real', 'hosts'), file);
    await apply();
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'latin1')).toContain(BLOCK);
    expect(readdirSync(join(folder, 'real'))).toEqual(['hosts']);
  });

  describe('refuses, with the file as it was,', () => {
    const refusal = async (work: Promise<unknown>): Promise<string> => {
      const error: unknown = await work.then(
        () => undefined,
        (thrown) => thrown as unknown,
      );
      expect(error).toBeInstanceOf(HostsFileProblem);
      expect(readdirSync(folder)).toEqual(['hosts']);
      return (error as Error).message;
    };

    test('a file that is read-only', async () => {
      chmodSync(file, 0o444);
      expect(await refusal(apply())).toBe(
        `${file} is read-only: something else may manage it. Add the lines there, or make it writable (chmod u+w).`,
      );
      expect(readFileSync(file)).toEqual(BEFORE);
    });

    test('a block without its end, naming the line and the cure', async () => {
      writeFileSync(file, 'x\n# BEGIN confluent-dr\n');
      const message = `${file} is left as it is: its block has a beginning in line 2 and no end. Mend or delete`;
      expect(await refusal(apply())).toContain(message);
      expect(await refusal(remove())).toContain(message);
      expect(readFileSync(file, 'latin1')).toBe('x\n# BEGIN confluent-dr\n');
    });

    test('a folder', async () => {
      rmSync(file);
      mkdirSync(file);
      expect(await refusal(apply())).toBe(`${file} is no file: give one by --file <path>.`);
    });

    test('a link that leads nowhere', async () => {
      rmSync(file);
      symlinkSync('nowhere', file);
      expect(await refusal(apply())).toBe(
        `${file} is left as it is: there is no such file; give one by --file <path>.`,
      );
    });

    test('to overwrite what someone else wrote in between', async () => {
      const { open } = files;
      jest.spyOn(files, 'open').mockImplementation(async (path, flags, mode) => {
        if (flags === 'wx') {
          writeFileSync(file, 'written in between\n');
        }
        return open(path, flags, mode);
      });
      expect(await refusal(apply())).toContain('was changed by someone else at this moment');
      expect(readFileSync(file, 'latin1')).toBe('written in between\n');
    });

    test.each([
      ['EBUSY', 'mounted by itself, as in a container'],
      ['EACCES', 'run the same with sudo'],
      ['EROFS', 'its file system is read-only'],
      ['EIO', 'disk on fire'],
    ])('where replacing fails with %s', async (code, told) => {
      jest.spyOn(files, 'rename').mockRejectedValue(Object.assign(new Error('disk on fire'), { code }));
      expect(await refusal(apply())).toContain(told);
      expect(readFileSync(file)).toEqual(BEFORE);
    });
  });
});
