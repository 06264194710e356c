import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');

interface Manifest {
  readonly devDependencies: Record<string, string>;
}

/** The package as npm would publish it, packed from a copy so that the checkout's own `dist` stays as it is. */
export class PackedPackage {
  public readonly tarball: string;
  public readonly files: readonly string[];
  private readonly folder = mkdtempSync(join(tmpdir(), 'pack-'));

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
    const packed = npm(this.folder, 'pack', '--json');
    const [{ filename, files }] = JSON.parse(packed.slice(packed.search(/^\[/m))) as [
      { filename: string; files: { path: string }[] },
    ];
    this.tarball = join(this.folder, filename);
    this.files = files.map(({ path }) => path);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A project that has nothing to do with this one, with the package and its peers installed. */
export class StrangeProject {
  public readonly folder = mkdtempSync(join(tmpdir(), 'strange-'));

  public constructor({ tarball }: PackedPackage) {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    const others = ['cdktf', 'constructs', '@cdktf/provider-azurerm', 'typescript', '@types/node'];
    this.write('package.json', { name: 'strange', version: '1.0.0', private: true });
    npm(
      this.folder,
      ...['install', '--prefer-offline', '--no-audit', '--no-fund', tarball],
      ...others.map((name) => `${name}@${devDependencies[name]}`),
    );
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
function npm(cwd: string, ...args: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_|^INIT_CWD$/i.test(name)));
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8', env });
  if (status !== 0) {
    throw new Error(`npm ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  }
  return stdout;
}
