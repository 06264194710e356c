import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DocumentName } from '../../../packages/confluent-dr/src/report/output-schema/documents';
import { documentProblems } from '../../../packages/confluent-dr/test/support/output-schema';
import { eventually, isAlive } from '../../support/waiting';
import { run, type Run } from '../terraform/support/terraform';

const root = join(__dirname, '../../..');

/** `confluent-dr` as a process, in a folder of its own with a lab of its own. */
export class Tool {
  public readonly folder = mkdtempSync(join(tmpdir(), 'tool-'));
  public readonly labFolder: string;
  public readonly cwd = mkdtempSync(join(this.folder, 'project-'));

  /** @param labFolder of a lab that is there already */
  public constructor(labFolder?: string) {
    this.labFolder = labFolder ?? join(this.folder, 'state', 'lab');
  }

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
    return [join(root, 'packages/confluent-dr/bin/confluent-dr.js'), ...args];
  }

  public get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      CONFLUENT_DR_LAB: this.labFolder,
      NO_COLOR: '1',
    };
  }

  /** Ends the lab by SIGKILL. @returns the number that its process had */
  public async kill(): Promise<number> {
    const { pid } = await this.json<{ pid: number }>('status');
    process.kill(pid, 'SIGKILL');
    await eventually(
      () => isAlive(pid),
      (alive) => !alive,
      { what: `the end of process ${pid}` },
    );
    return pid;
  }

  public async remove(): Promise<void> {
    await this.lab('down');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
