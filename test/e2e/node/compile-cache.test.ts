import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');

// Each test starts some processes, in which TypeScript is loaded.
jest.setTimeout(900_000);
const ARGUMENTS = ['--require', 'ts-node/register'];
/** As if it ran an hour later: files of a test are not of the last moment then, however fast the machine is. */
const LATER = ['--require', './later.cjs', ...ARGUMENTS];
const SETTINGS = {
  transpileOnly: true,
  transpiler: './tools/runtime/transpile-once.cjs',
  require: ['./tools/runtime/compile-cache.cjs'],
};
const OPTIONS = { target: 'ES2022', module: 'Node16', moduleResolution: 'Node16' };

describe('What becomes of the modules of a process', () => {
  let project: string;
  const file = (name: string): string => join(project, name);
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(file(name)), { recursive: true });
    writeFileSync(file(name), text);
  };
  const CACHE = `node_modules/.cache/compiled/${process.version}`;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'compiled-'));
    cpSync(join(root, 'tools/runtime'), file('tools/runtime'), { recursive: true });
    mkdirSync(file('node_modules'));
    for (const name of ['ts-node', 'typescript', '@swc', '@types']) {
      symlinkSync(join(root, 'node_modules', name), file(`node_modules/${name}`));
    }
    write('tsconfig.json', JSON.stringify({ compilerOptions: OPTIONS, 'ts-node': SETTINGS }));
    write(
      'main.ts',
      "import { own } from './own';\nimport { foreign } from 'foreign';\nconsole.log(own(), foreign());\n",
    );
    write('own.ts', "interface Unused {\n  readonly a: string;\n}\nexport const own = (): string => 'own 1';\n");
    write('node_modules/foreign/index.js', "exports.foreign = () => 'foreign 1';\n");
    write('later.cjs', 'const { now } = Date;\nDate.now = () => now() + 3_600_000;\n');
  });

  afterEach(() => rmSync(project, { recursive: true }));

  function run(env: NodeJS.ProcessEnv = {}, main = 'main.ts', args = LATER) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...args, main], {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, NODE_V8_COVERAGE: undefined, ...env },
    });
    return { status, stdout: stdout.trim(), stderr };
  }

  const printed = (env?: NodeJS.ProcessEnv, args = LATER): string => {
    const { status, stdout, stderr } = run(env, 'main.ts', args);
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };

  const kept = (): string[] => (existsSync(file(CACHE)) ? readdirSync(file(CACHE)) : []);

  /** Where what is kept is at present: another number for each time that it was written. */
  const written = (): number => statSync(join(file(CACHE), kept()[0])).ino;

  test('is kept in one file, which is written where something is new', () => {
    expect(printed()).toBe('own 1 foreign 1');
    expect(kept()).toEqual([encodeURIComponent(file('main.ts'))]);
    const first = written();
    expect(printed()).toBe('own 1 foreign 1');
    expect(written()).toBe(first);
  });

  test('is that of sources, also beside what somebody compiled of them, in folders, and of what is there at the next run', () => {
    write('own.js', "exports.own = () => 'old';\n");
    write('node_modules/foreign/index.js', "exports.foreign = require('./part').part;\n");
    write('node_modules/foreign/part.ts', 'throw new Error();\n');
    write('node_modules/foreign/part.js', "exports.part = () => 'foreign 1';\n");
    expect(printed()).toBe('own 1 foreign 1');
    rmSync(file('own.js'));
    renameSync(file('own.ts'), file('moved.ts'));
    write('own/index.ts', "export { own } from '../moved';\n");
    expect(printed()).toBe('own 1 foreign 1');
    rmSync(file('own'), { recursive: true });
    expect(run().stderr).toContain("Cannot find module './own'");
  });

  test('is that of the files that Node finds: by their whole names, in folders, in folders with a package.json, behind links', () => {
    write('plain.js', "exports.name = 'plain.js';\n");
    write('plain.js.ts', "export const name = 'plain.js.ts';\n");
    write('data.json', '{ "name": "data.json" }\n');
    write('described/package.json', '{ "main": "main.js" }\n');
    write('described/main.js', "exports.name = 'described/main.js';\n");
    write('described/index.ts', "export const name = 'described/index.ts';\n");
    write('both.js', "exports.name = 'both.js';\n");
    write('both/index.ts', "export const name = 'both/index.ts';\n");
    write('tree.ts', "export const name = 'tree.ts';\n");
    write('tree/index.ts', "export const name = 'tree/index.ts';\n");
    write('tree/leaf.ts', "export { name } from '.';\n");
    write('folder/index.ts', "export { name } from './once';\n");
    write(
      'folder/once.ts',
      'const all = globalThis as { loaded?: number };\nexport const name = (all.loaded = (all.loaded ?? 0) + 1);\n',
    );
    symlinkSync('folder', file('linked'));
    symlinkSync('folder/once.ts', file('link.ts'));
    const imported = [
      './plain.js',
      './data.json',
      './described',
      './both',
      './tree',
      './tree/',
      './tree/leaf',
      './folder',
      './linked',
      './link',
    ];
    write(
      'own.ts',
      `${imported.map((name, index) => `import { name as n${index} } from '${name}';`).join('\n')}
export const own = (): string => [${imported.map((_, index) => `n${index}`).join(', ')}].join();
`,
    );
    const expected = 'plain.js,data.json,described/main.js,both.js,tree.ts,tree/index.ts,tree/index.ts,1,1,1 foreign 1';
    expect([printed(), printed()]).toEqual([expected, expected]);
  });

  test('is taken for the next process, for which ts-node makes the main module alone', () => {
    write(
      'tools/runtime/transpile-once.cjs',
      `exports.create = (options) => {
        const { transpile } = require('ts-node/transpilers/swc').create(options);
        return {
          transpile(input, { fileName }) {
            console.log(require('node:path').basename(fileName));
            return transpile(input, { fileName });
          },
        };
      };`,
    );
    expect(printed()).toBe('main.ts\nown.ts\nown 1 foreign 1');
    expect(printed()).toBe('main.ts\nown 1 foreign 1');
  });

  test.each([
    { name: 'own.ts', expected: 'own 2 foreign 1' },
    { name: 'node_modules/foreign/index.js', expected: 'own 1 foreign 2' },
  ])('is made anew for an edit of $name, and for the edit that takes it back', ({ name, expected }) => {
    printed();
    const before = readFileSync(file(name), 'utf8');
    // As long as it was.
    write(name, before.replace(" 1'", " 2'"));
    expect(printed()).toBe(expected);
    write(name, before);
    expect(printed()).toBe('own 1 foreign 1');
  });

  test.each([
    { when: 'within a moment', args: ARGUMENTS },
    { when: 'later', args: LATER },
  ])('is made anew for an edit $when that leaves size and time of the file as they were', ({ args }) => {
    const { atime, mtime } = statSync(file('own.ts'));
    const own = (text: string): void => {
      write('own.ts', readFileSync(file('own.ts'), 'utf8').replace(/own \d/, text));
      utimesSync(file('own.ts'), atime, mtime);
    };
    for (const text of ['own 1', 'own 2', 'own 3', 'own 1']) {
      own(text);
      expect(printed({}, args)).toBe(`${text} foreign 1`);
    }
  });

  test('is that of a source that was put in its place with the same content, and known again by its file then', () => {
    printed();
    const [first, source] = [written(), readFileSync(file('own.ts'), 'utf8')];
    rmSync(file('own.ts'));
    write('own.ts', source);
    expect(printed()).toBe('own 1 foreign 1');
    const second = written();
    expect(second).not.toBe(first);
    expect(printed()).toBe('own 1 foreign 1');
    expect(written()).toBe(second);
  });

  test('is made anew for other options of the compiler, and by other tools', () => {
    printed();
    const first = written();
    write('tsconfig.json', JSON.stringify({ compilerOptions: { ...OPTIONS, target: 'ES2020' }, 'ts-node': SETTINGS }));
    printed();
    const second = written();
    expect(second).not.toBe(first);
    write('tools/runtime/transpile-once.cjs', `${readFileSync(file('tools/runtime/transpile-once.cjs'), 'utf8')}\n`);
    printed();
    expect(written()).not.toBe(second);
  });

  test('shows the line and the column of an error, also when it was kept', () => {
    write('own.ts', `interface Unused {}\n\nexport const own = (): string => {\n  throw new Error('own');\n};\n`);
    write('node_modules/foreign/index.js', "exports.foreign = () => { throw new Error('foreign'); };\n");
    const map = { version: 3, sources: ['origin.ts'], names: [], mappings: 'AAcA' };
    const mapped = `data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}`;
    write(
      'node_modules/mapped/index.js',
      `exports.mapped = () => { throw new Error('mapped'); };\n//# sourceMappingURL=${mapped}\n`,
    );
    write(
      'main.ts',
      `import { own } from './own';
import { foreign } from 'foreign';
import { mapped } from 'mapped';
for (const each of [own, foreign, mapped]) {
  try {
    each();
  } catch (error) {
    console.log((error as Error).stack!.split('\\n').slice(0, 3).join('\\n'));
  }
}
`,
    );
    const first = printed();
    expect(first).toContain(`${file('own.ts')}:4:9)\n    at Object.<anonymous> (${file('main.ts')}:6:5)`);
    expect(first).toContain(`${file('node_modules/foreign/index.js')}:1:33)`);
    expect(first).toContain(`${file('node_modules/mapped/origin.ts')}:15:1)`);
    expect(printed()).toBe(first);
  });

  test('is nothing where it was cut off or changed, and is kept anew then', () => {
    printed();
    const entry = join(file(CACHE), kept()[0]);
    const whole = readFileSync(entry);
    const changed = Buffer.from(whole);
    changed.fill(0, whole.length - 300);
    for (const broken of [whole.subarray(0, whole.length - 10), changed]) {
      writeFileSync(entry, broken);
      const before = written();
      expect(printed()).toBe('own 1 foreign 1');
      expect(written()).not.toBe(before);
    }
  });

  test('is forgotten with the main script that it was kept for', () => {
    printed();
    const [first] = kept();
    renameSync(file('main.ts'), file('renamed.ts'));
    expect(run({}, 'renamed.ts')).toMatchObject({ status: 0, stdout: 'own 1 foreign 1' });
    expect(kept()).toEqual([first.replace('main', 'renamed')]);
  });

  test('is not kept where it cannot be written, nor of a process that failed, nor while the code is watched', () => {
    write('node_modules/.cache', 'a file in the place of the folder');
    expect(printed()).toBe('own 1 foreign 1');
    rmSync(file('node_modules/.cache'));
    expect(printed({ NODE_V8_COVERAGE: file('coverage') })).toBe('own 1 foreign 1');
    write('own.ts', 'export const own = (): string => process.exit(3);\n');
    expect(run().status).toBe(3);
    expect(kept()).toEqual([]);
  });

  test('is that of links beside files and folders, as Node follows them', () => {
    write('away.ts', "export const name = 'away.ts';\n");
    write('linked/index.ts', "export const name = 'linked/index.ts';\n");
    symlinkSync('away.ts', file('linked.ts'));
    write('described/index.ts', "export const name = 'described/index.ts';\n");
    write('described/x.ts', "export const name = 'described/x.ts';\n");
    write('described.json5', '{ "main": "x.ts" }');
    symlinkSync('../described.json5', file('described/package.json'));
    write(
      'own.ts',
      "import { name } from './linked';\nimport { name as other } from './described';\nexport const own = () => `${name} ${other}`;\n",
    );
    expect([printed(), printed()]).toEqual(Array(2).fill('away.ts described/x.ts foreign 1'));
  });

  test('is not that of a hook where there is none, and is refused where its folder became one of ES modules', () => {
    write(
      'hook.cjs',
      `const load = require.extensions['.ts'];
require.extensions['.ts'] = (module, filename) => {
  const compile = module._compile;
  module._compile = (code, name) => compile.call(module, code.replace('own 1', 'hooked'), name);
  return load(module, filename);
};
`,
    );
    const hooked = [...LATER, '--require', './hook.cjs'];
    expect([printed(), printed({}, hooked), printed(), printed({}, hooked)]).toEqual([
      'own 1 foreign 1',
      'hooked foreign 1',
      'own 1 foreign 1',
      'hooked foreign 1',
    ]);
    write('part/index.ts', "export { own } from '../own';\n");
    write('main.ts', "import { own } from './part';\nconsole.log(own());\n");
    expect([printed(), printed()]).toEqual(['own 1', 'own 1']);
    write('part/package.json', '{ "type": "module", "main": "index.ts" }\n');
    expect(run()).toMatchObject({ status: 1, stdout: '' });
  });

  test('has its types checked where ts-node checks them', () => {
    const settings = { require: SETTINGS.require };
    write('tsconfig.json', JSON.stringify({ compilerOptions: { ...OPTIONS, types: ['node'] }, 'ts-node': settings }));
    write('value.ts', 'export const value = 1;\n');
    write(
      'own.ts',
      "import { value } from './value';\nconst it: number = value;\nexport const own = () => `own ${it}`;\n",
    );
    write('node_modules/foreign/index.d.ts', 'export const foreign: () => string;\n');
    expect(printed()).toBe('own 1 foreign 1');
    write('value.ts', "export const value = 'text';\n");
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('TS2322') as string });
  });

  test('warns of nothing that packages load, names none of its own in a stack, and tells what cannot be resolved', () => {
    write('node_modules/foreign/index.js', "exports.foreign = () => typeof require('punycode') + require.name;\n");
    expect([printed(), printed()]).toEqual(Array(2).fill('own 1 objectrequire'));
    write('own.ts', 'export const own = (): string => require.resolve(1 as never);\n');
    expect(run().stderr).toContain('ERR_INVALID_ARG_TYPE');
    write('own.ts', "interface Unused {}\nexport const own = (): string => new Error('own').stack!;\n");
    for (const stack of [printed(), printed()]) {
      expect(stack).toContain(`${file('main.ts')}:3:`);
    }
    write('own.ts', "interface Unused {}\nthrow new Error('boom');\n");
    const { stderr } = run();
    expect(stderr).toContain(`${file('own.ts')}:2:7)\n    at Module._compile`);
    expect(stderr).toContain(`at Object.<anonymous> (${file('main.ts')}:`);
  });

  test('leaves to Node what it cannot compile: a syntax error, an ES module, an import at run time', () => {
    write('node_modules/foreign/index.js', 'exports.foreign = () => {\n  const = 1;\n};\n');
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain(`${file('node_modules/foreign/index.js')}:2\n`);
    write('node_modules/foreign/later.mjs', "export default 'foreign 3';\n");
    write('node_modules/foreign/index.js', "exports.foreign = () => import /* at run time */ ('./later.mjs');\n");
    write(
      'main.ts',
      "import { foreign } from 'foreign';\nvoid foreign().then((later) => console.log(later.default));\n",
    );
    expect([printed(), printed()]).toEqual(['foreign 3', 'foreign 3']);
  });

  test('is whole after processes that kept it at once', async () => {
    const processes = Array.from({ length: 4 }, () => spawn(process.execPath, [...LATER, 'main.ts'], { cwd: project }));
    const codes = await Promise.all(processes.map(async (each) => (await once(each, 'exit'))[0] as number));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(kept()).toHaveLength(1);
    const before = written();
    expect(printed()).toBe('own 1 foreign 1');
    expect(written()).toBe(before);
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
    const copied = ['lib', 'main.ts', 'cdktf.json', 'tsconfig.json', 'tools/runtime'];
    copied.forEach((name) => cpSync(join(root, name), join(project, name), { recursive: true }));
    ['.gen', 'nginx-templates', 'dist'].forEach((name) => symlinkSync(join(root, name), join(project, name)));
    mkdirSync(join(project, 'node_modules'));
    readdirSync(join(root, 'node_modules'))
      .filter((name) => name !== '.cache')
      .forEach((name) => symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name)));
    const before = synthesized();
    expect(readdirSync(join(project, 'node_modules/.cache/transpiled')).length).toBeGreaterThan(80);
    const edited = join(project, 'lib/proxy/proxy-machine.ts');
    const source = readFileSync(edited, 'utf8');
    writeFileSync(edited, source.replace("'Standard_LRS'", "'Premium_LRS'"));
    expect(synthesized()).toBe(before.replace('"Standard_LRS"', '"Premium_LRS"'));
    writeFileSync(edited, source);
    // Of what was kept, but for the one file.
    expect(synthesized()).toBe(before);
  } finally {
    rmSync(project, { recursive: true });
  }
});
