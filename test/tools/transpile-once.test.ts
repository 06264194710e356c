import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

describe('A file that ts-node loads', () => {
  let folder: string;
  const file = (name: string): string => join(folder, name);
  const kept = (): string[] => (existsSync(file('kept')) ? readdirSync(file('kept')) : []);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'transpiled-'));
    configure();
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function configure(compilerOptions: object = {}): void {
    const transpiler = [join(root, 'tools/transpile-once.cjs'), { folder: file('kept') }];
    const options = { target: 'ES2022', module: 'Node16', moduleResolution: 'Node16', ...compilerOptions };
    const config = { compilerOptions: options, 'ts-node': { transpileOnly: true, transpiler } };
    writeFileSync(file('tsconfig.json'), JSON.stringify(config));
  }

  /** What a program prints, and whether swc was loaded for it. */
  function run(program: string): { stdout: string; stderr: string; asked: boolean } {
    writeFileSync(file('program.ts'), program);
    const tell = `process.on('exit', () =>
      console.log('asked', Object.keys(require.cache).some((name) => name.includes('@swc/core/index'))));`;
    writeFileSync(file('tell.cjs'), tell);
    const preloaded = [join(root, 'node_modules/ts-node/register'), file('tell.cjs')];
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [...preloaded.flatMap((name) => ['--require', name]), 'program.ts'],
      { cwd: folder, encoding: 'utf8' },
    );
    return { stdout: stdout.replace(/asked .*\n/, ''), stderr, asked: stdout.includes('asked true') };
  }

  const printing = (word: string): string => `const word: string = '${word}';\nconsole.log(word);\n`;

  test('is transpiled once for each content of it', () => {
    expect(run(printing('one'))).toMatchObject({ stdout: 'one\n', asked: true });
    expect(run(printing('one'))).toMatchObject({ stdout: 'one\n', asked: false });
    expect(run(printing('two'))).toMatchObject({ stdout: 'two\n', asked: true });
    expect(run(printing('one'))).toMatchObject({ stdout: 'one\n', asked: true });
    expect(kept()).toHaveLength(1);
  });

  test('is transpiled anew for other options of the compiler', () => {
    run(printing('one'));
    configure({ target: 'ES2020' });
    expect(run(printing('one'))).toMatchObject({ stdout: 'one\n', asked: true });
  });

  test('is transpiled anew where what was kept is cut off', () => {
    run(printing('one'));
    const [name] = kept();
    const entry = join(folder, 'kept', name);
    writeFileSync(entry, readFileSync(entry, 'utf8').slice(0, -20));
    expect(run(printing('one'))).toMatchObject({ stdout: 'one\n', asked: true });
    expect(run(printing('one'))).toMatchObject({ stdout: 'one\n', asked: false });
  });

  test('is transpiled each time where nothing can be kept', () => {
    writeFileSync(file('kept'), 'a file in the place of the folder');
    expect(run(printing('one'))).toMatchObject({ stdout: 'one\n', asked: true, stderr: '' });
    expect(run(printing('one'))).toMatchObject({ stdout: 'one\n', asked: true, stderr: '' });
  });

  test('shows its own lines in the stack of an error, also when it was kept', () => {
    const program = "interface Unused {\n  readonly a: string;\n}\n\nthrow new Error('here');\n";
    expect(run(program)).toMatchObject({ asked: true, stderr: expect.stringContaining('program.ts:5:7') as string });
    expect(run(program)).toMatchObject({ asked: false, stderr: expect.stringContaining('program.ts:5:7') as string });
  });
});

test('The default app is synthesized of the sources as they are, without a build', () => {
  const project = mkdtempSync(join(tmpdir(), 'edited-'));
  const synthesized = (): string => {
    const { status, stderr } = spawnSync(process.execPath, ['--require', 'ts-node/register', 'main.ts'], {
      cwd: project,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    return readFileSync(join(project, 'cdktf.out/stacks/active-passive/cdk.tf.json'), 'utf8');
  };
  try {
    mkdirSync(join(project, 'tools'));
    const copied = ['lib', 'main.ts', 'cdktf.json', 'tsconfig.json', 'tools/transpile-once.cjs'];
    copied.forEach((name) => cpSync(join(root, name), join(project, name), { recursive: true }));
    ['.gen', 'nginx-templates', 'dist'].forEach((name) => symlinkSync(join(root, name), join(project, name)));
    mkdirSync(join(project, 'node_modules'));
    readdirSync(join(root, 'node_modules'))
      .filter((name) => name !== '.cache')
      .forEach((name) => symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name)));
    const before = synthesized();
    expect(readdirSync(join(project, 'node_modules/.cache/transpiled')).length).toBeGreaterThan(80);
    expect(synthesized()).toBe(before);
    const edited = join(project, 'lib/proxy/proxy-machine.ts');
    const source = readFileSync(edited, 'utf8');
    writeFileSync(edited, source.replace("'Standard_LRS'", "'Premium_LRS'"));
    expect(synthesized()).toBe(before.replace('"Standard_LRS"', '"Premium_LRS"'));
    writeFileSync(edited, source);
    expect(synthesized()).toBe(before);
  } finally {
    rmSync(project, { recursive: true });
  }
});
