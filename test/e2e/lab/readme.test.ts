import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks } from '../../support/readme/code-blocks';
import { CdktfProject } from '../terraform/support/cdktf-project';
import { requireTerraform, run, type Run } from '../terraform/support/terraform';

const root = join(__dirname, '../../..');

/** The shell blocks of the README's section on the lab. */
function blocksOfTheLab(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, section] = /^## The lab$(.*?)^## /ms.exec(readme)!;
  return codeBlocks(section)
    .filter(({ language }) => language === 'bash')
    .map(({ code }) => code);
}

jest.setTimeout(300_000);

describe('the README on the lab, in a copy of the project', () => {
  let project: CdktfProject;

  const shell = (script: string): Promise<Run> =>
    run('bash', ['-euc', script], project.folder, {
      ...process.env,
      INIT_CWD: undefined,
      CI: '1',
      CONFLUENT_DR_LAB: join(project.folder, 'lab'),
    });

  beforeAll(() => {
    requireTerraform();
    if (!existsSync(join(root, 'dist/lib/cli/main.js'))) {
      throw new Error('This suite runs the built tool, and it is not built. Run npm run build.');
    }
    project = new CdktfProject({ env: {} }, {});
    cpSync(join(root, 'dist'), join(project.folder, 'dist'), { recursive: true });
  });

  afterAll(async () => {
    await shell('npx confluent-dr lab down');
    project.remove();
  });

  test('can be typed as it stands: the whole cycle, and nothing is left of it', async () => {
    const [cycle] = blocksOfTheLab();
    const { exitCode, text } = await shell(cycle);
    expect(text).toContain('The lab is down, and nothing of it is left.');
    expect(exitCode).toBe(0);
    expect(existsSync(join(project.folder, 'lab'))).toBe(false);
    const left = execFileSync('find', [project.folder, '-name', '*.tfstate', '-o', '-name', '.terraform-lab-*']);
    expect(left.toString()).toBe('');
  });

  test('can be typed as it stands: faults, records and events', async () => {
    const [, faults] = blocksOfTheLab();
    await shell('npx confluent-dr lab up && npx confluent-dr lab exec -- npx cdktf deploy --auto-approve');
    const { exitCode, text } = await shell(faults);
    expect(text).toContain('Wrote 1000 records to active-passive-a on the primary.');
    expect(exitCode).toBe(0);
  });
});
