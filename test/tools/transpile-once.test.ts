import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const { create } = jest.requireActual<{ create: (options: object) => Transpiler }>(
  '../../tools/runtime/transpile-once.cjs',
);
/** What is asked for a file that is not known yet. */
const swc = jest.requireActual<{ create: () => Transpiler }>('ts-node/transpilers/swc');

interface Transpiler {
  transpile: (input: string, file: { readonly fileName: string }) => Transpiled;
}

interface Transpiled {
  readonly outputText: string;
  readonly sourceMapText: string;
}

const transpiled = (program: string): Transpiled => ({
  outputText: `made of ${program}`,
  sourceMapText: JSON.stringify({ version: 3, sources: ['program.ts'], sourcesContent: [program], mappings: 'AAAA' }),
});

describe('A file that ts-node loads', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  const kept = (): string[] => (existsSync(file('kept')) ? readdirSync(file('kept')) : []);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'transpiled-'));
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  /** What a process makes of a program, and whether it asked swc for it. */
  function run(program: string, compilerOptions: object = {}): { made: string; asked: boolean; sourceMap: unknown } {
    const transpile = jest.fn(transpiled);
    jest.spyOn(swc, 'create').mockReturnValue({ transpile });
    const service = { config: { options: { target: 'ES2022', ...compilerOptions } } };
    const transpiler = create({ folder: file('kept'), service, nodeModuleEmitKind: 'nodecjs' });
    const { outputText, sourceMapText } = transpiler.transpile(program, { fileName: file('program.ts') });
    return {
      made: outputText,
      asked: transpile.mock.calls.length > 0,
      sourceMap: JSON.parse(sourceMapText) as unknown,
    };
  }

  test('is transpiled once for each content of it', () => {
    expect(run('one')).toMatchObject({ made: 'made of one', asked: true });
    expect(run('one')).toMatchObject({ made: 'made of one', asked: false });
    expect(run('two')).toMatchObject({ made: 'made of two', asked: true });
    expect(run('one')).toMatchObject({ made: 'made of one', asked: true });
    expect(kept()).toHaveLength(1);
  });

  test('is transpiled anew for other options of the compiler', () => {
    run('one');
    expect(run('one', { target: 'ES2020' })).toMatchObject({ made: 'made of one', asked: true });
  });

  test('is transpiled anew where what was kept is cut off', () => {
    run('one');
    const [name] = kept();
    const entry = join(folder, 'kept', name);
    writeFileSync(entry, readFileSync(entry, 'utf8').slice(0, -20));
    expect(run('one')).toMatchObject({ made: 'made of one', asked: true });
    expect(run('one')).toMatchObject({ made: 'made of one', asked: false });
  });

  test('is transpiled each time where nothing can be kept', () => {
    writeFileSync(file('kept'), 'a file in the place of the folder');
    expect(run('one')).toMatchObject({ made: 'made of one', asked: true });
    expect(run('one')).toMatchObject({ made: 'made of one', asked: true });
  });

  test('is kept with where its lines were, and not a second time itself', () => {
    const sourceMap = { version: 3, sources: ['program.ts'], mappings: 'AAAA' };
    expect([run('one'), run('one')].map((made) => made.sourceMap)).toEqual([sourceMap, sourceMap]);
  });

  test('shows its own lines in the stack of an error, also when it was kept', () => {
    const transpiler = [join(root, 'tools/runtime/transpile-once.cjs'), { folder: file('kept') }];
    const compilerOptions = { target: 'ES2022', module: 'Node16', moduleResolution: 'Node16' };
    const config = { compilerOptions, 'ts-node': { transpileOnly: true, transpiler } };
    writeFileSync(file('tsconfig.json'), JSON.stringify(config));
    writeFileSync(file('program.ts'), "interface Unused {\n  readonly a: string;\n}\n\nthrow new Error('here');\n");
    const stack = (): string =>
      spawnSync(process.execPath, ['--require', join(root, 'node_modules/ts-node/register'), 'program.ts'], {
        cwd: folder,
        encoding: 'utf8',
      }).stderr;
    expect(stack()).toContain('program.ts:5:7');
    const [name] = kept();
    const before = statSync(join(folder, 'kept', name)).ino;
    expect(stack()).toContain('program.ts:5:7');
    expect(statSync(join(folder, 'kept', name)).ino).toBe(before);
  });
});
