import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** The packages as npm would publish them, packed from a copy so that what the checkout has built stays as it is. */
export class PackedPackages {
  private readonly folder = mkdtempSync(join(tmpdir(), 'pack-'));
  private readonly packed: readonly Packed[];

  public constructor() {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const file of listed.split('\n').filter((name) => name && existsSync(join(root, name)))) {
      mkdirSync(dirname(join(this.folder, file)), { recursive: true });
      cpSync(join(root, file), join(this.folder, file));
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    const { stdout } = npm(this.folder, 'pack', '--json', '--workspaces', '--include-workspace-root');
    this.packed = JSON.parse(stdout.slice(stdout.search(/^\[/m))) as Packed[];
  }

  public tarball(name: string): string {
    return join(this.folder, this.of(name).filename);
  }

  public files(name: string): string[] {
    return this.of(name).files.map(({ path }) => path);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private of(name: string): Packed {
    const found = this.packed.find((each) => each.name === name);
    if (!found) {
      throw new Error(`no package ${name} was packed, but ${this.packed.map((each) => each.name).join(', ')}`);
    }
    return found;
  }
}

/** The version of a package that this project is developed with, for npm to install. */
export function developedWith(name: string): string {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return `${name}@${devDependencies[name]}`;
}

/** A project that has nothing to do with this one. */
export class StrangeProject {
  public readonly folder = mkdtempSync(join(tmpdir(), 'strange-'));

  public constructor() {
    this.write('package.json', { name: 'strange', version: '1.0.0', private: true });
  }

  /** Installs packages by name or tarball, and gives what npm had to say of them. */
  public install(...words: readonly string[]): string {
    return npm(this.folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', ...words).stderr;
  }

  /** What is installed here, by name. */
  public installed(): string[] {
    const { packages } = JSON.parse(readFileSync(join(this.folder, 'node_modules/.package-lock.json'), 'utf8')) as {
      packages: Record<string, object>;
    };
    return Object.keys(packages).map((path) => path.replace(/^node_modules\//, ''));
  }

  public write(file: string, content: string | object): void {
    writeFileSync(join(this.folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  }

  /** Runs a script of Node's, or a tool that is installed here. */
  public run(...command: readonly [string, ...string[]]): { status: number | null; output: string; stdout: string } {
    const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, CI: '1', PATH: `${join(this.folder, 'node_modules/.bin')}:${process.env.PATH}` },
    });
    return { status, stdout, output: stdout + stderr };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** npm as a user's shell runs it: without the variables that the npm above this process has set. */
function npm(cwd: string, ...args: readonly string[]): { stdout: string; stderr: string } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name)));
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8', env });
  if (status !== 0) {
    throw new Error(`npm ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  }
  return { stdout, stderr };
}
