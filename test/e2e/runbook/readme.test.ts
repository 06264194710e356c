import { requireNginx } from '../lab/require-nginx';
import { BuiltProject, shellBlocksOf } from '../lab/built-project';

jest.setTimeout(900_000);

describe('the rehearsal of the README, in a copy of the project', () => {
  let project: BuiltProject;

  beforeAll(() => {
    requireNginx();
    project = new BuiltProject();
  });

  afterAll(() => project.remove());

  test('can be typed as it stands: from the lab to its end', async () => {
    const [drill] = shellBlocksOf('README.md', 'Rehearse on your own machine');
    const { exitCode, text } = await project.shell(drill);
    expect(text).toContain('The primary is blocked.');
    expect(text).toContain('The primary is not blocked.');
    expect(text).toContain('Done: the secondary is active for topic active-passive-a.');
    expect(text).toContain('Done: the primary is active for topic active-passive-a.');
    expect(text).toContain('The lab is down, and nothing of it is left.');
    expect(exitCode).toBe(0);
  });
});
