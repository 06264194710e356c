import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

const FIRST = 'first.ts';

/** A type of the public API, as the assembly tells it. */
interface DeclaredType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  /** The class that it extends. */
  readonly base?: string;
  /** Whether it is an interface of values alone, such as props. */
  readonly datatype?: boolean;
  readonly properties?: readonly { readonly name: string; readonly type: unknown }[];
}

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
}

/** The sources of the constructs and their bindings, compiled by jsii in a folder of their own. */
export class JsiiAssembly {
  public readonly status: number | null;
  public readonly output: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'jsii-'));

  public constructor() {
    const { status, stdout, stderr } = this.compile();
    this.status = status;
    this.output = stdout + stderr;
  }

  public get types(): DeclaredType[] {
    const file = join(this.folder, '.jsii');
    if (!existsSync(file)) {
      return [];
    }
    return Object.values((JSON.parse(readFileSync(file, 'utf8')) as { types: Record<string, DeclaredType> }).types);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private compile() {
    for (const folder of ['lib', '.gen']) {
      cpSync(join(root, folder), join(this.folder, folder), { recursive: true });
    }
    for (const file of ['LICENSE', 'README.md']) {
      cpSync(join(root, file), join(this.folder, file));
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    this.write('package.json', manifest());
    // TypeScript orders the types of a choice by which it met first, and jsii holds that order against cdktf's.
    writeFileSync(join(this.folder, FIRST), "import { type Node } from 'constructs';\nexport type First = Node;\n");
    this.write('tsconfig.json', {
      compilerOptions: {
        ...{ target: 'ES2022', lib: ['ES2022'], module: 'commonjs', moduleResolution: 'node', types: ['node'] },
        ...{ strict: true, declaration: true, stripInternal: true, esModuleInterop: true, skipLibCheck: true },
        ...{ noEmitOnError: true, inlineSourceMap: true, inlineSources: true },
      },
      files: [FIRST],
      include: ['lib', '.gen'],
    });
    return spawnSync(process.execPath, [join(root, 'node_modules/jsii/bin/jsii')], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '0' },
    });
  }

  private write(file: string, content: object): void {
    writeFileSync(join(this.folder, file), JSON.stringify(content));
  }
}

/** The package as it is, with what jsii wants to be told of the constructs alone. */
function manifest(): object {
  const { version, description, license, dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Manifest;
  // jsii wants the lowest version of a peer to be the one that is compiled with.
  const lowest = Object.entries(peerDependencies).map(([name, range]) => [name, range.replace('^', '')]);
  return {
    ...{ name: 'cdktf-confluent-dr', version, description, license, peerDependencies },
    devDependencies: Object.fromEntries(lowest) as Record<string, string>,
    author: { name: 'nobody', url: 'https://example.invalid' },
    repository: { type: 'git', url: 'https://example.invalid' },
    main: 'lib/index.js',
    types: 'lib/index.d.ts',
    dependencies: { mustache: dependencies.mustache },
    bundledDependencies: ['mustache'],
    jsii: { outdir: 'out', targets: {}, tsconfig: 'tsconfig.json', validateTsconfig: 'minimal' },
  };
}
