import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORIGINAL_OUTPUTS, OWN_OUTPUTS } from '../deployment/support/outputs';
import { documentProblems } from '../support/output-schema';
import { capturedRun } from './support/captured-run';

describe('confluent-dr config show', () => {
  let folder: string;
  let outputs: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
    outputs = join(folder, 'outputs.json');
    writeFileSync(outputs, JSON.stringify(OWN_OUTPUTS));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('prints each value under where it came from, and no secret', async () => {
    const { code, stdout, stderr } = await capturedRun('config', 'show', '--outputs', outputs, '--set', 'linkName=x');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^option --set linkName\n {2}linkName +x$/m);
    expect(stdout).toMatch(/^ {2}primary\.kafkaSecret +\(set\)$/m);
    expect(stdout).not.toContain('secret-of');
  });

  test('prints one JSON document', async () => {
    const { code, stdout } = await capturedRun('config', 'show', '--outputs', outputs, '--json');
    const document = JSON.parse(stdout) as { values: { name: string }[]; complete: boolean };
    expect(code).toBe(0);
    expect(document.complete).toBe(true);
    expect(documentProblems('config-show', document)).toEqual([]);
    expect(document.values.find(({ name }) => name === 'primary.kafkaSecret')).toEqual({
      name: 'primary.kafkaSecret',
      value: '(set)',
      origin: 'outputs',
      from: `output runbook of ${outputs}`,
    });
    expect(stdout).not.toContain('secret-of');
  });

  test('shows what there is where something is missing, and ends with 2', async () => {
    writeFileSync(outputs, JSON.stringify({ primary_cluster: ORIGINAL_OUTPUTS.primary_cluster }));
    const text = await capturedRun('config', 'show', '--outputs', outputs);
    expect(text.code).toBe(2);
    expect(text.stdout).toContain('lkc-aaaaa');
    expect(text.stderr).toContain('secondary.clusterId is missing: CONFLUENT_DR_SECONDARY_CLUSTER_ID');

    const { code, stdout } = await capturedRun('config', 'show', '--outputs', outputs, '--json');
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      complete: false,
      problem: expect.stringContaining('secondary.clusterId is missing') as string,
    });
  });

  test('shows what is wrong', async () => {
    const wrong = ['--set', 'primary.clusterId=pkc-1'];
    const { code, stdout, stderr } = await capturedRun('config', 'show', '--outputs', outputs, ...wrong);
    expect(code).toBe(2);
    expect(stdout).toMatch(/primary\.clusterId +pkc-1/);
    expect(stderr).toContain('received "pkc-1", allowed is an id such as lkc-abc123');
  });

  test('says what it cannot read', async () => {
    const { code, stdout, stderr } = await capturedRun('config', 'show', '--outputs', join(folder, 'none'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^confluent-dr: .*none cannot be read: ENOENT/);
  });

  test('has help with examples', async () => {
    const { code, stdout } = await capturedRun('config', 'show', '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('$ confluent-dr config show --set linkName=orders');
  });
});
