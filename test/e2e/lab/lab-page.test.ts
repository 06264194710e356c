import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { BuiltProject, shellBlocksOf } from './built-project';

jest.setTimeout(900_000);

describe('the page on the lab, in a copy of the project', () => {
  let project: BuiltProject;

  beforeAll(() => {
    project = new BuiltProject();
  });

  afterAll(() => project.remove());

  test('can be typed as it stands: the whole cycle, and nothing is left of it', async () => {
    const [cycle] = shellBlocksOf('docs/lab.md');
    const { exitCode, text } = await project.shell(cycle);
    expect(text).toContain('The lab is down, and nothing of it is left.');
    expect(exitCode).toBe(0);
    expect(existsSync(project.labFolder)).toBe(false);
    const left = execFileSync('find', [project.folder, '-name', '*.tfstate', '-o', '-name', '.terraform-lab-*']);
    expect(left.toString()).toBe('');
  });

  test('can be typed as it stands: faults, records and events', async () => {
    const [, faults] = shellBlocksOf('docs/lab.md');
    await project.shell('npx confluent-dr lab up && npx confluent-dr lab exec -- npx cdktf deploy --auto-approve');
    const { exitCode, text } = await project.shell(faults);
    expect(text).toContain('Wrote 1000 records to active-passive-a on the primary.');
    expect(exitCode).toBe(0);
  });
});
