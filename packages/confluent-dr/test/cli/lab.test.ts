import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { capturedRun } from './support/captured-run';

const run = jest.fn();
jest.mock('../../src/cli/installed-lab', () => ({ installedLab: () => Promise.resolve({ run }) }));

describe('confluent-dr lab', () => {
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'lab-'));
    run.mockReset().mockResolvedValue({ code: 0, message: '' });
  });

  afterEach(() => rmSync(project, { recursive: true }));

  const handedOver = async (...files: string[]): Promise<unknown> => {
    for (const file of files.map((name) => join(project, name))) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, '{}');
    }
    mkdirSync(join(project, 'below'));
    process.chdir(join(project, 'below'));
    expect(await capturedRun('lab', 'up', '--kafka')).toMatchObject({ code: 0 });
    const [words, , cdk] = run.mock.calls[0] as unknown[];
    expect(words).toEqual(['up', '--kafka']);
    return cdk;
  };

  test('is told that its project deploys by CDK Terrain, where that alone is installed', async () => {
    expect(await handedOver('cdktf.json', 'node_modules/.bin/cdktn')).toBe('cdktn');
  });

  test.each([['cdktf.json', 'node_modules/.bin/cdktn', 'node_modules/.bin/cdktf'], ['cdktf.json'], []])(
    'is told CDKTF otherwise: %j',
    async (...files: string[]) => {
      expect(await handedOver(...files)).toBe('cdktf');
    },
  );

  test('ends with the code of the lab', async () => {
    run.mockResolvedValue({ code: 2, message: 'told already' });
    expect(await capturedRun('lab', 'nothing')).toEqual({ code: 2, stdout: '', stderr: '' });
  });
});
