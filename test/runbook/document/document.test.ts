import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { RUNBOOK_FORMATS, runbookText } from '../../../lib/runbook/document';
import { documentProblems } from '../support/output-schema';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';
import { fileOf, outputsOf, removeFiles, said } from '../status/support/command';
import { deployment } from './support';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

describe.each(RUNBOOK_FORMATS)('the run book as %s', (format) => {
  const text = runbookText(deployment(), format);

  test('is as it was read and agreed to', () => {
    expect(text).toMatchSnapshot();
  });

  test('holds no secret', () => {
    expect(text).not.toMatch(/secret-of/);
  });

  test('has the thirteen steps in order, and both branches', () => {
    const numbers = [...text.matchAll(/^(?:##|# ===) (\d+[ab]?)\./gm)].map(([, number]) => number);
    expect(numbers).toEqual('1 2 3 4 5 6 7a 7b 8 9 10 11a 11b 12 13'.split(' '));
  });

  test('leaves no placeholder where everything is known', () => {
    expect(text).not.toMatch(/<[a-z ]+>|\{\{|undefined/);
  });

  test('stays handy with a thousand topics', () => {
    const topics = Array.from({ length: 1000 }, (_, index) => `topic-${index}`);
    expect(runbookText(deployment({ topics }), format).length).toBeLessThan(80_000);
    expect(text.length).toBeLessThan(20_000);
  });

  test('says what has to be put in where little is known', () => {
    expect(runbookText(deployment({ topics: [], proxyAddress: undefined }), format)).toMatch(/TOPICS='\["<topic>"\]'/);
  });
});

test('as commands it is bash, and does nothing when it is run as a whole', () => {
  const file = fileOf(runbookText(deployment(), 'curl'));
  execFileSync('bash', ['-n', file]);
  expect(() => execFileSync('/bin/bash', [file], { stdio: 'pipe', env: { PATH: '/nowhere' } })).toThrow(
    expect.objectContaining({ status: 1, stderr: Buffer.alloc(0) }) as Error,
  );
});

describe('confluent-dr runbook', () => {
  test('prints it, or writes it to a file', async () => {
    const outputs = outputsOf(await DeployedLab.start());
    const printed = await said('runbook', '--outputs', outputs);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    const out = fileOf('');
    expect(await said('runbook', '--outputs', outputs, '--out', out)).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(out, 'utf8')).toBe(printed.stdout);
    const { stdout } = await said('runbook', '--outputs', outputs, '--json');
    expect(JSON.parse(stdout)).toEqual({ format: 'markdown', text: printed.stdout });
    expect(documentProblems('runbook', JSON.parse(stdout))).toEqual([]);
  });

  test('tells which format, and which file, it cannot write', async () => {
    const outputs = outputsOf(await DeployedLab.start());
    expect(await said('runbook', '--outputs', outputs, '--format', 'pdf')).toMatchObject({ code: 2 });
    const { code, stderr } = await said('runbook', '--outputs', outputs, '--out', `${outputs}/below`);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/--out \S+ cannot be written/)]);
  });
});
