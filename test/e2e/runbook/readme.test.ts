import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks } from '../../support/readme/code-blocks';
import { CdktfProject } from '../terraform/support/cdktf-project';
import { requireTerraform, run } from '../terraform/support/terraform';

const root = join(__dirname, '../../..');

jest.setTimeout(300_000);

describe('the README on the runbook, in a copy of the project', () => {
  let project: CdktfProject;
  const env = () => ({
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
    await run('bash', ['-c', 'npx confluent-dr lab down'], project.folder, env());
    project.remove();
  });

  test('can be typed as it stands: from the lab to its end', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, section] = /^## The runbook$(.*?)^## /ms.exec(readme)!;
    const [{ code }] = codeBlocks(section);
    const { exitCode, text } = await run('bash', ['-euc', code], project.folder, env());
    expect(text).toContain('Done: the secondary is active for topic active-passive-a.');
    expect(text).toContain('Done: the primary is active for topic active-passive-a.');
    expect(text).toContain('The lab is down, and nothing of it is left.');
    expect(exitCode).toBe(0);
  });
});
