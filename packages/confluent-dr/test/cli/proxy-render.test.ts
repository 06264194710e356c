import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderConvergeScript } from '../../../../lib/proxy/rendering/render';
import { PAIR } from '../../../../test/proxy/rendering/plans';
import { run } from '../../src/cli/commands';

const CONFIG = {
  clusters: {
    primary: { bootstrap: 'pkc-aaaaa.westeurope.azure.confluent.cloud' },
    secondary: { bootstrap: 'pkc-bbbbb.northeurope.azure.confluent.cloud' },
  },
  resolvers: ['192.0.2.53'],
};

describe('confluent-dr proxy render', () => {
  let folder: string;
  let printed: string;
  let errors: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'render-'));
    printed = errors = '';
    jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed += text));
    jest.spyOn(console, 'error').mockImplementation((text: string) => void (errors += text));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => !!(errors += text as string));
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => !!(printed += text as string));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const render = (config: unknown, ...more: string[]): Promise<number> => {
    const file = join(folder, 'pair.json');
    writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
    return run(['proxy', 'render', '--config', file, '--out', join(folder, 'out'), ...more]);
  };
  const out = (path: string): string => readFileSync(join(folder, 'out', path), 'utf8');

  test('writes the very script that the VM runs', async () => {
    expect(await render(CONFIG)).toBe(0);
    expect(out('converge.sh')).toBe(renderConvergeScript(PAIR));
    expect(statSync(join(folder, 'out', 'converge.sh')).mode & 0o777).toBe(0o755);
    expect(out('instance-primary.conf')).toContain('/run/confluent-dr-proxy/primary/9092.sock');
    expect(printed).toMatch(/^Wrote \d+ files to .*as root: bash converge\.sh$/);
  });

  test('lists what it wrote as JSON', async () => {
    expect(await render(CONFIG, '--json')).toBe(0);
    const { files } = JSON.parse(printed) as { files: object[] };
    expect(files).toContainEqual({ path: 'bin/confluent-dr-proxy', mode: '0755' });
  });

  test('renders again over its own files and removes what is no more', async () => {
    await render(CONFIG);
    const { primary } = CONFIG.clusters;
    expect(await render({ ...CONFIG, clusters: { primary } })).toBe(0);
    expect(readdirSync(join(folder, 'out'))).not.toContain('instance-secondary.conf');
  });

  test('refuses a folder with files of others, unless forced', async () => {
    await render(CONFIG);
    rmSync(join(folder, 'out', '.confluent-dr-proxy-files'));
    expect(await render(CONFIG)).toBe(2);
    expect(errors).toMatch(/holds files that this command did not write: give another folder, or --force/);
    expect(await render(CONFIG, '--force')).toBe(0);
  });

  test('takes hosts, patterns and outages', async () => {
    const shared = {
      hosts: ['psrc-1.westeurope.azure.confluent.cloud'],
      routes: [String.raw`lsrc-[0-9a-z]+\.a\.cloud`],
    };
    const primary = { ...CONFIG.clusters.primary, outage: 'reject', longestOutageSeconds: 60 };
    expect(await render({ clusters: { primary, shared } })).toBe(0);
    expect(out('wishes')).toBe('primary reject 60 false\nshared none - false\n');
    expect(out('routes.conf')).toContain(String.raw`"~*^psrc-1\.westeurope\.azure\.confluent\.cloud\z" shared;`);
    expect(out('routes.conf')).toContain(String.raw`"~*^lsrc-[0-9a-z]+\.a\.cloud\z" shared;`);
  });

  test('tells all that is wrong at once', async () => {
    const clusters = {
      primary: { bootstrap: 'https://pkc-a' },
      secondary: { routes: ['.*'], outage: 'on' },
      third: {},
    };
    expect(await render({ clusters, capacity: { workerConnections: -1 } })).toBe(2);
    for (const problem of [
      "'https://pkc-a' is no host name",
      "pattern '.*'",
      "outage 'on'",
      "cluster 'third': nothing would reach it",
      'workerConnections -1',
    ]) {
      expect(errors).toContain(problem);
    }
    expect(readdirSync(folder)).not.toContain('out');
  });

  const HOST = 'pkc-aaaaa.westeurope.azure.confluent.cloud';
  const REGISTRY = 'psrc-1.westeurope.azure.confluent.cloud';
  test.each([
    ['bootstrap host', { bootstrap: HOST }, { bootstrap: HOST }, HOST],
    ['further host', { hosts: [REGISTRY] }, { hosts: [REGISTRY] }, REGISTRY],
    ['host as bootstrap and as broker', { bootstrap: HOST }, { hosts: [`b7-${HOST}`] }, `b7-${HOST}`],
    [
      'name by overlapping patterns',
      { routes: [String.raw`e-[0-9a-z]+-az1-n1\.westeurope\.azure\.confluent\.cloud`] },
      { routes: [String.raw`e-5[0-9a-z]+-az[0-9]+-n1\.westeurope\.azure\.confluent\.cloud`] },
      'e-50-az1-n1.westeurope.azure.confluent.cloud',
    ],
  ])('refuses one %s behind two clusters', async (_what, primary, secondary, name) => {
    expect(await render({ clusters: { primary, secondary } })).toBe(2);
    expect(errors).toContain(
      `of 'secondary': both match '${name}', so that an outage of the one would take the other's`,
    );
    expect(readdirSync(folder)).not.toContain('out');
  });

  test.each([
    ['no JSON', '{', /pair\.json is no JSON/],
    ['a list', [], /expected \{"clusters"/],
    [
      'an unknown key',
      { clusters: { a: { bootstrp: 'x' } } },
      /cluster 'a': 'bootstrp' is not known, allowed are bootstrap/,
    ],
    ['a wrong type', { clusters: { a: { hosts: 'x' } } }, /cluster 'a', hosts: received "x", expected a list of texts/],
    ['an unknown capacity', { clusters: {}, capacity: { workers: 1 } }, /capacity: 'workers' is not known/],
    ['no clusters', { resolvers: [] }, /clusters: received nothing, expected clusters by name/],
    ['no settings of a cluster', { clusters: { a: null } }, /cluster 'a': received null, expected settings in braces/],
    ['a wrong capacity', { clusters: {}, capacity: { openFiles: '1' } }, /openFiles: received "1", expected a number/],
    [
      'something else in a list',
      { clusters: { a: { hosts: [1] } } },
      /cluster 'a', hosts, 0: received 1, expected a text/,
    ],
    ['a name of JavaScript’s objects', '{"clusters":{"__proto__":{}}}', /nothing can be called '__proto__'/],
  ])('refuses %s', async (_, config, message) => {
    expect(await render(config)).toBe(2);
    expect(errors).toMatch(message);
  });

  test('ends with 2 for wrong usage and 0 for help, which has an example', async () => {
    expect(await run(['proxy', 'render'])).toBe(2);
    expect(errors).toMatch(/required option '--config <file>' not specified/);
    expect(await run(['proxy', 'render', '--config', join(folder, 'absent.json'), '--out', folder])).toBe(2);
    expect(errors).toMatch(/cannot be read: ENOENT/);
    expect(await run(['proxy', 'render', '--help'])).toBe(0);
    expect(printed).toMatch(/confluent-dr proxy render --config pair\.json --out proxy/);
  });
});
