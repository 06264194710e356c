import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks } from '../../support/documents/code-blocks';
import { CdktfProject } from '../terraform/support/cdktf-project';
import { requireTerraform, run, type Run } from '../terraform/support/terraform';

const root = join(__dirname, '../../..');

/** The shell blocks of a document, or of a section of it. */
export function shellBlocksOf(document: string, heading?: string): string[] {
  const text = readFileSync(join(root, document), 'utf8');
  const section = heading === undefined ? text : new RegExp(`^## ${heading}$(.*?)^## `, 'ms').exec(text)![1];
  return codeBlocks(section)
    .filter(({ language }) => language === 'bash')
    .map(({ code }) => code);
}

/** A copy of the project, with the built tool and a lab of its own, as a reader of the documents has it. */
export class BuiltProject {
  private readonly project: CdktfProject;

  public constructor() {
    requireTerraform();
    this.project = new CdktfProject({ env: {} }, {});
  }

  public get folder(): string {
    return this.project.folder;
  }

  public get labFolder(): string {
    return join(this.folder, 'lab');
  }

  /** Runs a script to its first failure. */
  public shell(script: string): Promise<Run> {
    const env = { ...process.env, INIT_CWD: undefined, CI: '1', CONFLUENT_DR_LAB: this.labFolder };
    return run('bash', ['-euc', script], this.folder, env);
  }

  public async remove(): Promise<void> {
    await this.shell('npx confluent-dr lab down');
    this.project.remove();
  }
}
