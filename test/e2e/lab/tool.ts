import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentName } from '../../../lib/runbook/output-schema';
import { documentProblems } from '../../runbook/support/output-schema';
import { run, type Run } from '../terraform/support/terraform';

const root = join(__dirname, '../../..');

/** `confluent-dr` as a process, in a folder of its own with a lab of its own. */
export class Tool {
  public readonly folder = mkdtempSync(join(tmpdir(), 'tool-'));
  public readonly labFolder = join(this.folder, 'state', 'lab');
  public readonly cwd = mkdtempSync(join(this.folder, 'project-'));

  public dr(...args: readonly string[]): Promise<Run> {
    return this.inFolder(this.cwd, args);
  }

  public lab(...args: readonly string[]): Promise<Run> {
    return this.dr('lab', ...args);
  }

  /** The one document that a command of the lab prints. @throws Error if it is not as its schema says */
  public async json<T>(...args: readonly string[]): Promise<T> {
    const document = JSON.parse((await this.lab(...args, '--json')).stdout) as T;
    const name = ['lab', ...args.slice(0, args[0] === 'fault' ? 2 : 1)].join('-') as DocumentName;
    const problems = documentProblems('error' in (document as object) ? 'error' : name, document);
    if (problems.length > 0) {
      throw new Error(`${name}: ${problems.join('; ')}`);
    }
    return document;
  }

  public inFolder(cwd: string, args: readonly string[]): Promise<Run> {
    return run(process.execPath, this.argumentsFor(args), cwd, this.env);
  }

  /** What to give to Node for these words of the tool. */
  public argumentsFor(args: readonly string[]): string[] {
    return ['--require', require.resolve('ts-node/register'), join(root, 'lib/cli/main.ts'), ...args];
  }

  public get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      CONFLUENT_DR_LAB: this.labFolder,
      NO_COLOR: '1',
      TS_NODE_PROJECT: join(root, 'tsconfig.json'),
    };
  }

  public async remove(): Promise<void> {
    await this.lab('down');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
