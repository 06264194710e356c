import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { type CodeBlock } from './code-blocks';

const root = join(__dirname, '../../..');
const packageName = 'cdktf-confluent-dr';

/** A program made of a block and of those after it that go on where it ended. */
export interface ExampleProgram {
  readonly document: string;
  readonly line: number;
  readonly source: string;
}

/**
 * Makes programs of a document's TypeScript blocks. A block that imports something begins a program; one that does not
 * goes on with the one before. What has no app of its own gets one: a stack class is instantiated, and bare statements
 * become the body of a stack's constructor, so that `this` is the stack.
 */
export function examplePrograms(document: string, blocks: readonly CodeBlock[]): ExampleProgram[] {
  const joined: { line: number; code: string }[] = [];
  for (const { language, code, line } of blocks) {
    if (language !== 'ts') {
      continue;
    }
    const last = joined.at(-1);
    if (last && !/^import /m.test(code)) {
      last.code += `\n${code}`;
    } else {
      joined.push({ line, code });
    }
  }
  return joined.map(({ line, code }) => ({ document, line, source: withApp(code) }));
}

export function isTestCode({ source }: ExampleProgram): boolean {
  return /^\s*(describe|test|it)(\.\w+)?\(/m.test(source);
}

function withApp(code: string): string {
  if (/new App\(/.test(code) || /^\s*(describe|test|it)(\.\w+)?\(/m.test(code)) {
    return code;
  }
  const app = `\nconst readmeApp = new (require('cdktf') as typeof import('cdktf')).App();\n`;
  const [, stackClass] = /class (\w+) extends TerraformStack/.exec(code) ?? [];
  if (stackClass) {
    return `${code}${app}new ${stackClass}(readmeApp, 'readme');\nreadmeApp.synth();\n`;
  }
  const imports = code.match(/^import [^;]*;$/gm) ?? [];
  const body = code.replace(/^import [^;]*;$/gm, '');
  return (
    `${imports.join('\n')}${app}` +
    `new (class extends (require('cdktf') as typeof import('cdktf')).TerraformStack {\n` +
    `  constructor() {\n    super(readmeApp, 'readme');\n${body}\n  }\n})();\nreadmeApp.synth();\n`
  );
}

/** The declarations that programs are compiled with are read once, not for each call. */
const declarations = new Map<string, ts.SourceFile | undefined>();

/**
 * What the compiler says of the programs, with the package's name standing for the library's source. Ask it for all at
 * once: the types of the library are then checked once.
 */
export function typeErrors(programs: readonly ExampleProgram[]): string[] {
  const configured = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => readFileSync(file, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent(configured.config, ts.sys, root);
  options.paths = { [packageName]: [join(root, 'lib/index.ts')] };
  // Examples declare what they do not go on to use.
  Object.assign(options, { noUnusedLocals: false, noUnusedParameters: false, rootDir: root });
  // What one example declares is unknown to the others.
  options.moduleDetection = ts.ModuleDetectionKind.Force;
  const fileOf = ({ document, line }: ExampleProgram): string =>
    join(root, 'test', `${document.replaceAll(/[^\w-]/g, '-')}-line-${line}.ts`);
  const files = new Map(programs.map((program) => [fileOf(program), program.source]));
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([...files.keys()], options, {
    ...host,
    fileExists: (name) => files.has(name) || host.fileExists(name),
    readFile: (name) => files.get(name) ?? host.readFile(name),
    getSourceFile: (name, language, ...rest) => {
      if (files.has(name)) {
        return ts.createSourceFile(name, files.get(name)!, language);
      }
      if (!declarations.has(name)) {
        declarations.set(name, host.getSourceFile(name, language, ...rest));
      }
      return declarations.get(name);
    },
  });
  return [...files.keys()]
    .map((name) => program.getSourceFile(name)!)
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, start, messageText }) => {
      const { line } = file!.getLineAndCharacterOfPosition(start!);
      const text = file!.text.split('\n')[line].trim();
      return `${file!.fileName.replace(/.*\//, '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} (${text})`;
    });
}

/** Runs a program and gives the names of the stacks that it synthesized. */
export function synthesized({ source }: ExampleProgram): string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'readme-'));
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = outdir;
  try {
    evaluate(source);
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as { stacks: object };
    return Object.keys(manifest.stacks);
  } finally {
    if (before === undefined) {
      delete process.env.CDKTF_OUTDIR;
    } else {
      process.env.CDKTF_OUTDIR = before;
    }
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Runs a program in this process; one that consists of tests adds them to the suite. */
export function evaluate(source: string): void {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const load = (name: string): unknown => jest.requireActual(name === packageName ? '../../../lib' : name);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- a context of its own would have other globals than jest's
  const run = new Function('require', 'module', 'exports', outputText) as (...args: unknown[]) => void;
  const module = { exports: {} };
  run(load, module, module.exports);
}
