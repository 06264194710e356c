import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { outputsOf, removeFiles, said } from '../../../packages/confluent-dr/test/report/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../../../packages/confluent-dr/test/support/deployed-lab';

jest.setTimeout(900_000);

const run = promisify(execFile);
/** The releases that were current when the journal's shape was last held against them. */
const PACKAGES = ['chaostoolkit==1.19.0', 'chaostoolkit-reporting==0.18.0'];

describe("Chaos Toolkit's own reporter", () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chaos-'));
    await run('python3', ['-m', 'pip', 'install', '--quiet', '--target', join(folder, 'packages'), ...PACKAGES]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  afterEach(async () => {
    removeFiles();
    await closeDeployedLabs();
  });

  test.each([
    ['planned', ['--yes']],
    ['unplanned', ['--unplanned', '--discard', '--yes']],
  ])('reads the journal of a drill, %s', async (name, words) => {
    const lab = await DeployedLab.start({ topics: ['orders', 'payments'], rate: 50 });
    const [journal, report] = [join(folder, `${name}.json`), join(folder, `${name}.md`)];
    const { code } = await said('drill', '--no-toggle', '--outputs', outputsOf(lab), '--journal', journal, ...words);
    expect(code).toBe(0);
    const packages = join(folder, 'packages');
    const env = { ...process.env, PYTHONPATH: packages, HOME: folder };
    await run('python3', [join(packages, 'bin/chaos'), 'report', '--export-format=markdown', journal, report], {
      cwd: folder,
      env,
    });
    const text = readFileSync(report, 'utf8');
    expect(text).toContain('Losing the primary of');
    expect(text).toContain(`failover --${name}`);
    expect(text).toContain('completed');
  });
});
