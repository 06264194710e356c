import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Run, run } from './terraform';

const root = join(__dirname, '../../../..');

/** A copy of this project, in which the real cdktf-cli runs. */
export class CdktfProject {
  public readonly folder = mkdtempSync(join(tmpdir(), 'project-'));
  public readonly statePath = join(this.folder, 'terraform.active-passive.tfstate');

  /** @param values of the terraform.tfvars beside cdktf.json */
  public constructor(
    private readonly lab: { readonly env: NodeJS.ProcessEnv },
    values: object,
  ) {
    const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const file of listed
      .split('\n')
      .filter((name) => /^(lib|packages|nginx-templates|tools)\/|^[^/]+$/.test(name))) {
      if (existsSync(join(root, file))) {
        cpSync(join(root, file), join(this.folder, file));
      }
    }
    cpSync(join(root, '.gen'), join(this.folder, '.gen'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    const lines = Object.entries(values).map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`);
    writeFileSync(join(this.folder, 'terraform.tfvars'), lines.join(''));
  }

  public cdktf(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const cli = require.resolve('cdktf-cli/bundle/bin/cdktf.js');
    return run(process.execPath, [cli, ...args], this.folder, {
      ...process.env,
      ...this.lab.env,
      INIT_CWD: undefined,
      CI: '1',
      CHECKPOINT_DISABLE: '1',
      CDKTF_SKIP_PROVIDER_LOCK: 'true',
      ...env,
    });
  }

  /** The same, and fails with what it printed unless it succeeded. */
  public async must(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const result = await this.cdktf(args, env);
    if (result.exitCode !== 0) {
      throw new Error(`cdktf ${args.join(' ')} ended with ${result.exitCode}: ${result.text}`);
    }
    return result;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
