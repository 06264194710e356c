import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OWN_OUTPUTS } from '../deployment/support/outputs';
import { documentProblems } from '../support/output-schema';
import { capturedRun } from './support/captured-run';

const BEFORE = '127.0.0.1 localhost\n';
const BLOCK = `# BEGIN confluent-dr
203.0.113.7 pkc-11111.westeurope.azure.confluent.cloud
203.0.113.7 b0-pkc-11111.westeurope.azure.confluent.cloud
203.0.113.7 psrc-11111.westeurope.azure.confluent.cloud
203.0.113.7 pkc-22222.northeurope.azure.confluent.cloud
203.0.113.7 b0-pkc-22222.northeurope.azure.confluent.cloud
# END confluent-dr
`;
const WITHOUT_KEYS = [
  'proxyAddress=203.0.113.7',
  'primary.bootstrapEndpoint=pkc-11111.westeurope.azure.confluent.cloud:9092',
  'secondary.bootstrapEndpoint=pkc-22222.northeurope.azure.confluent.cloud:9092',
].flatMap((each) => ['--set', each]);

describe('confluent-dr hosts', () => {
  let folder: string;
  let outputs: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hosts-'));
    outputs = join(folder, 'outputs.json');
    file = join(folder, 'hosts');
    writeFileSync(outputs, JSON.stringify(OWN_OUTPUTS));
    writeFileSync(file, BEFORE);
    // Nothing is deployed from there, wherever the tests run.
    jest.spyOn(process, 'cwd').mockReturnValue(folder);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const hosts = (...words: string[]) => capturedRun('hosts', '--brokers', '1', '--file', file, ...words);
  const content = () => readFileSync(file, 'utf8');

  test('prints the lines and touches nothing', async () => {
    const { code, stdout } = await hosts('--outputs', outputs);
    expect(code).toBe(0);
    expect(stdout).toBe(BLOCK.split('\n').slice(1, -2).join('\n') + '\n');
    expect(content()).toBe(BEFORE);
  });

  test('needs no key', async () => {
    const { code, stdout } = await hosts(...WITHOUT_KEYS);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(4);
  });

  test('puts the lines into the file and takes them out, for which it needs no deployment', async () => {
    expect(await hosts('--outputs', outputs, '--apply')).toMatchObject({ code: 0, stderr: '' });
    expect(content()).toBe(BLOCK + BEFORE);
    expect((await hosts('--outputs', outputs, '--apply')).stdout).toBe(`${file} has these lines already.\n`);
    const { code, stdout } = await hosts('--remove', '--outputs', join(folder, 'none'));
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Took the block out') as string,
    });
    expect(content()).toBe(BEFORE);
  });

  test('changes nothing with --dry-run', async () => {
    expect((await hosts('--outputs', outputs, '--apply', '--dry-run')).stdout).toContain(
      `Would write the block into ${file}.`,
    );
    expect(content()).toBe(BEFORE);
  });

  test('keeps blocks of several names', async () => {
    await hosts(...WITHOUT_KEYS, '--apply', '--block', 'orders');
    await hosts('--outputs', outputs, '--apply');
    await hosts('--remove', '--block', 'orders');
    expect(content()).toBe(BLOCK + BEFORE);
  });

  test('tells as JSON what it did', async () => {
    const { stdout } = await hosts(...WITHOUT_KEYS, '--apply', '--json');
    const document = JSON.parse(stdout) as { entries: unknown[]; added: string[] };
    expect(document).toMatchObject({ action: 'apply', file, changed: true, dryRun: false, removed: [], others: [] });
    expect(document.added).toHaveLength(4);
    expect(document.entries[0]).toEqual({
      address: '203.0.113.7',
      host: 'pkc-11111.westeurope.azure.confluent.cloud',
      role: 'primary',
    });
    expect(JSON.parse((await hosts(...WITHOUT_KEYS, '--json')).stdout)).toEqual({
      entries: document.entries,
      untold: [],
    });
    expect(documentProblems('hosts', document)).toEqual([]);
    expect(documentProblems('hosts', { entries: document.entries })).toEqual([]);
  });

  test.each<[string, string[], object[], RegExp]>([
    [
      'of a private-link network',
      ['primary.bootstrapEndpoint=lkc-1-43860.westeurope.azure.glb.confluent.cloud:9092'],
      [{ role: 'primary', names: 'e-<…>-az<N>-43860.westeurope.azure.glb.confluent.cloud' }],
      /The brokers of the primary are not among the lines: their names \(e-<…>-az<N>-43860/,
    ],
    [
      'by a pattern that was given',
      [
        'primary.bootstrapEndpoint=lkc-1-43860.westeurope.azure.glb.confluent.cloud:9092',
        String.raw`primary.brokerHostPatterns=e-00a[0-9a-z]+-az1-43860\.x\.cloud,b[0-9]+\.x\.y\.cloud`,
      ],
      [{ role: 'primary', names: String.raw`e-00a[0-9a-z]+-az1-43860\.x\.cloud` }],
      /their names \(e-00a\[0-9a-z\]\+-az1-43860/,
    ],
    [
      'behind a host of another form',
      ['secondary.bootstrapEndpoint=kafka.orders.confluent.cloud:9092'],
      [{ role: 'secondary' }],
      /names of the secondary's brokers do not follow from its bootstrap host.*--set secondary\.brokerHostPatterns=/,
    ],
  ])('tells brokers that it cannot list: %s', async (_, values, untold, message) => {
    const words = [...WITHOUT_KEYS, ...values.flatMap((each) => ['--set', each])];
    const { code, stdout, stderr } = await hosts(...words, '--json');
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as { untold: object[]; entries: { host: string }[] };
    expect(document.untold).toEqual(untold);
    expect(documentProblems('hosts', document)).toEqual([]);
    expect(stderr).toMatch(message);
    const numbered = document.entries.some(({ host }) => host === 'b0.x.y.cloud');
    expect(numbered).toBe(values.length === 2);
  });

  test('refuses with 3 a file that it must not touch', async () => {
    writeFileSync(file, '# BEGIN confluent-dr\n');
    const { code, stdout, stderr } = await hosts('--remove');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^confluent-dr: .*is left as it is: its block has a beginning in line 1 and no end\. Mend/);
  });

  test.each([
    [['--apply', '--remove'], /cannot be used with option '--apply'/],
    [['--dry-run'], /received --dry-run alone; give --apply or --remove with it/],
    [['--brokers', '-1'], /argument '-1' is invalid\. Allowed is a whole number from 0 to 1000\./],
    [['--brokers', '1001'], /Allowed is a whole number/],
    [['--block', 'a\nb'], /Allowed are words of letters/],
    [[], /proxyAddress is missing: CONFLUENT_DR_PROXY_ADDRESS or --set proxyAddress=…/],
    [['--set', 'proxyAddress=proxy'], /received "proxy", allowed is an IP address/],
  ])('refuses %p with 2', async (words, message) => {
    const { code, stderr } = await hosts(...words);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(content()).toBe(BEFORE);
  });

  test('has help with examples', async () => {
    expect((await capturedRun('hosts', '--help')).stdout).toContain('$ sudo confluent-dr hosts --remove');
  });
});
