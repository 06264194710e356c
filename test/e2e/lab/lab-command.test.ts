import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, isAlive, Program } from '../../support/waiting';
import { run } from '../terraform/support/terraform';
import { Tool } from './tool';

interface Status {
  readonly running: boolean;
  readonly id: string;
  readonly pid: number;
  readonly places: Record<string, { id: string; url: string }>;
  readonly faults: { kind: string; target: string }[];
}

jest.setTimeout(900_000);

/** Of the start of a lab, for hold-start.cjs. */
const PLACES = ['its beginning', 'its end'];

describe('confluent-dr lab', () => {
  let tool: Tool;

  beforeEach(() => {
    tool = new Tool();
  });

  afterEach(() => tool.remove());

  /** `lab up`, of which the process of the lab stands still at a place. */
  const heldAt = async (place: string) => {
    const file = join(tool.folder, 'held');
    const hook = `--require ${join(__dirname, 'hold-start.cjs')}`;
    const env = { ...tool.env, NODE_OPTIONS: hook, HOLD_AT: place, HOLD_FILE: file };
    const up = new Program(spawn(process.execPath, tool.argumentsFor(['lab', 'up']), { cwd: tool.cwd, env }), 'lab up');
    await eventually(() => existsSync(file), Boolean, { what: place, died: up.died });
    return up;
  };

  test('comes up, says what runs where, and leaves nothing behind when it goes down', async () => {
    const up = await tool.lab('up');
    expect(up.exitCode).toBe(0);
    const { pid, places } = await tool.json<Status>('status');
    for (const { id, url } of Object.values(places)) {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(up.stdout).toContain(`${id} `);
      expect(up.stdout).toContain(url);
    }
    const down = await tool.lab('down');
    expect(down.exitCode).toBe(0);
    expect(isAlive(pid)).toBe(false);
    await expect(fetch(places['control plane'].url)).rejects.toThrow();
    expect(existsSync(tool.labFolder)).toBe(false);
  });

  test('keeps what it knows from others', async () => {
    await tool.lab('up');
    expect(statSync(tool.labFolder).mode & 0o077).toBe(0);
    for (const name of readdirSync(tool.labFolder)) {
      expect(statSync(join(tool.labFolder, name)).mode & 0o077).toBe(0);
    }
  });

  test('says on a second up that it is there already, and is the same', async () => {
    await tool.lab('up');
    const before = await tool.json<Status>('status');
    const again = await tool.lab('up');
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toMatch(/^The lab in \S+ is up already/);
    expect((await tool.json<Status>('status')).id).toBe(before.id);
  });

  test('started twice at once is one lab', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => tool.lab('up')));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    const news = runs.map(({ stdout }) =>
      /^The lab in \S+ (is up(?: already)?) \(process (\d+)\)/.exec(stdout)?.slice(1),
    );
    const { pid } = await tool.json<Status>('status');
    const already = ['is up already', `${pid}`];
    expect(news.sort()).toEqual([already, already, ['is up', `${pid}`]]);
    await Promise.all([tool.lab('down'), tool.lab('down')]);
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(tool.labFolder)).toBe(false);
  });

  test.each(PLACES)('is not left behind by an up that is killed before it is up, at %s', async (place) => {
    const up = await heldAt(place);
    up.child.kill('SIGKILL');
    const again = await tool.lab('up');
    expect(again.exitCode).toBe(0);
    const { pid } = await tool.json<Status>('status');
    expect(again.stdout).toContain(`(process ${pid})`);
    await tool.lab('down');
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(tool.labFolder)).toBe(false);
  });

  test('gives each project a lab of its own, wherever in the project one is', async () => {
    const env = { ...tool.env, CONFLUENT_DR_LAB: undefined, XDG_STATE_HOME: join(tool.folder, 'xdg') };
    const labOf = (cwd: string, ...words: readonly string[]) =>
      run(process.execPath, tool.argumentsFor(['lab', ...words]), cwd, env);
    const projects = ['one/dr', 'two/dr'].map((name) => {
      const project = join(tool.folder, name);
      mkdirSync(join(project, 'below'), { recursive: true });
      writeFileSync(join(project, 'cdktf.json'), '{}');
      return project;
    });
    const statusOf = async (cwd: string) =>
      JSON.parse((await labOf(cwd, 'status', '--json')).stdout) as Status & { project: string; folder: string };
    try {
      for (const project of projects) {
        const { exitCode, stdout } = await labOf(project, 'up');
        expect(exitCode).toBe(0);
        expect(stdout).toContain(`The lab of ${project} is up (process `);
      }
      const [one, two] = await Promise.all(projects.map((project) => statusOf(join(project, 'below'))));
      expect([one.project, two.project]).toEqual(projects);
      expect(one.id).not.toBe(two.id);
      expect(one.folder).not.toBe(two.folder);
      expect(one.places['control plane'].url).not.toBe(two.places['control plane'].url);

      expect((await labOf(join(projects[0], 'below'), 'down')).exitCode).toBe(0);
      expect(isAlive(one.pid)).toBe(false);
      expect(await statusOf(projects[1])).toMatchObject({ running: true, id: two.id });
      const none = await labOf(projects[0], 'exec', '--', 'true');
      expect(none.exitCode).toBe(1);
      expect(none.text).toContain(`there is no lab of ${projects[0]}. Start one: npx confluent-dr lab up`);
    } finally {
      await Promise.all(projects.map((project) => labOf(project, 'down')));
    }
  });

  test('says that there is none, with exit code 1, where one is needed', async () => {
    for (const words of [['status'], ['exec', '--', 'true'], ['env'], ['fault', 'list'], ['events']]) {
      const { exitCode, text } = await tool.lab(...words);
      expect(text).toMatch(/there is no lab in/i);
      expect(exitCode).toBe(1);
    }
    expect((await tool.lab('down')).exitCode).toBe(0);
  });

  test('that was killed is noticed, and a new one starts in its place', async () => {
    await tool.lab('up');
    await tool.kill();
    expect((await tool.lab('status')).exitCode).toBe(1);
    expect((await tool.lab('up')).exitCode).toBe(0);
  });

  test('that was killed is not mistaken for the process that has its number now, which lives on', async () => {
    await tool.lab('up');
    const pid = await tool.kill();
    const record = join(tool.labFolder, 'lab.json');
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => stranger.once('exit', (_code, by) => resolve(by)));
    const text = readFileSync(record, 'utf8').replace(`"pid": ${pid}`, `"pid": ${stranger.pid}`);
    writeFileSync(record, text);
    expect((await tool.lab('down')).exitCode).toBe(0);
    stranger.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect(existsSync(tool.labFolder)).toBe(false);
  });

  test('that was killed while it saved does not keep the next one from starting, nor leave its draft', async () => {
    mkdirSync(tool.labFolder, { recursive: true });
    writeFileSync(join(tool.labFolder, 'cloud.json.new'), '{');
    expect((await tool.lab('up')).exitCode).toBe(0);
    await tool.lab('down');
    expect(existsSync(tool.labFolder)).toBe(false);
  });

  test('goes on with its clouds after down --keep, and begins anew without', async () => {
    await tool.lab('up');
    const before = await tool.json<Status>('status');
    await tool.lab('down', '--keep');
    await tool.lab('up');
    const kept = await tool.json<Status>('status');
    expect({ id: kept.id, places: kept.places }).toEqual({ id: before.id, places: before.places });
    await tool.lab('down');
    await tool.lab('up');
    expect((await tool.json<Status>('status')).id).not.toBe(before.id);
  });

  test('leaves a folder alone that is not its own', async () => {
    mkdirSync(tool.labFolder, { recursive: true });
    writeFileSync(join(tool.labFolder, 'thesis.txt'), 'mine');
    const { exitCode, text } = await tool.lab('up');
    expect(text).toContain('thesis.txt');
    expect(exitCode).toBe(2);
    await tool.lab('down');
    expect(readFileSync(join(tool.labFolder, 'thesis.txt'), 'utf8')).toBe('mine');
  });

  test('says why it cannot start', async () => {
    const { port } = new URL((await upAndPlaces())['control plane'].url);
    const other = await tool.dr('lab', 'up', '--folder', join(tool.folder, 'other'), '--port', port);
    expect(other.text).toContain('EADDRINUSE');
    expect(other.exitCode).toBe(1);
    expect(existsSync(join(tool.folder, 'other'))).toBe(false);
  });

  test('lets things go wrong and right again', async () => {
    const { primary } = await upAndPlaces();
    await tool.lab('fault', 'add', 'refused', 'primary');
    await expect(fetch(`${primary.url}/kafka/v3/clusters/${primary.id}/topics`)).rejects.toThrow();
    const { faults } = await tool.json<Status>('status');
    expect(faults).toEqual([expect.objectContaining({ kind: 'refused', target: primary.id })]);
    await tool.lab('fault', 'clear');
    expect((await fetch(`${primary.url}/kafka/v3/clusters/${primary.id}/topics`)).status).toBe(401);
    const { events } = await tool.json<{ events: { status: number }[] }>('events', '--target', 'primary');
    expect(events.map(({ status }) => status)).toEqual([401]);
  });

  test('prints one document of each command, as its schema says', async () => {
    expect(await tool.json('up')).toMatchObject({ running: true });
    const first = await tool.json<{ id: string }>('fault', 'add', 'throttled', 'primary', '--retry-after', '2');
    const second = await tool.json<{ id: string }>('fault', 'add', 'run-command', '--message', 'no');
    expect((await tool.json<{ faults: unknown[] }>('fault', 'list')).faults).toHaveLength(2);
    expect(await tool.json('fault', 'clear', first.id)).toEqual({ cleared: [first.id] });
    expect(await tool.json('fault', 'clear')).toEqual({ cleared: [second.id] });
    expect(await tool.json('fault', 'clear')).toEqual({ cleared: [] });
    expect(await tool.json('produce', 'primary', 'active-passive-a', '--count', '2')).toMatchObject({
      error: { exitCode: 2 },
    });
    expect(await tool.json('down', '--keep')).toEqual({ stopped: true, kept: true });
    expect(await tool.json('down')).toEqual({ stopped: false, removed: true });
    expect(await tool.json('status')).toEqual({ running: false, stuck: false });
  });

  test.each(PLACES)('ends with Ctrl-C while it starts, at %s, and leaves nothing', async (place) => {
    const up = await heldAt(place);
    up.child.kill('SIGINT');
    expect(await up.ended()).toEqual({ code: 130, signal: null });
    expect((await tool.lab('status')).exitCode).toBe(1);
    expect(existsSync(tool.labFolder)).toBe(false);
  });

  test('tells a failure of its own state in words', async () => {
    mkdirSync(tool.labFolder, { recursive: true });
    writeFileSync(join(tool.labFolder, 'cloud.json'), 'no state');
    const { exitCode, text } = await tool.lab('up');
    expect(text).toContain('is not a state of the lab');
    expect(exitCode).toBe(1);
    chmodSync(join(tool.labFolder, 'cloud.json'), 0o600);
    expect(readFileSync(join(tool.labFolder, 'cloud.json'), 'utf8')).toBe('no state');
  });

  async function upAndPlaces(): Promise<Status['places']> {
    await tool.lab('up');
    return (await tool.json<Status>('status')).places;
  }
});

describe('confluent-dr lab, told what it cannot take,', () => {
  const tool = new Tool();

  beforeAll(() => tool.lab('up'));

  afterAll(() => tool.remove());

  test.each([
    [['up', '--port', '4000'], /already/],
    [['up', '--port', '0'], /--port.*'0' is invalid.*1 to 65535/],
    [['up', '--pace', '2'], /--pace.*'2' is invalid.*0 to 1/],
    [['up', '--var-file', 'absent.tfvars'], /absent\.tfvars cannot be read/],
    [['fault', 'add', 'slow', 'everybody'], /"everybody"; allowed are control-plane, primary/],
    [['fault', 'add', 'earthquake', 'primary'], /earthquake; known are refused/],
    [['fault', 'add', 'refused', 'primary', '--times', '0'], /--times.*'0' is invalid.*from 1/],
    [['fault', 'add', 'slow', 'primary', '--delay-ms', '99999999999'], /--delay-ms.*is invalid.*to 2147483647/],
    [['fault', 'add', 'refused'], /needs a target/],
    [['fault', 'add', 'refused', 'primary', '--topic', 'x'], /--topic for refused; it belongs to mirror-refused/],
    [['fault', 'add', 'mirror-stuck', 'primary', '--times', '2'], /--times for mirror-stuck/],
    [['fault', 'clear', 'fault-none'], /no fault fault-none/],
    [['produce', 'third', 'orders'], /"third"; allowed are primary and secondary/],
    [['produce', 'primary', 'absent'], /absent/],
  ])('refuses %j with exit code 2', async (words, message) => {
    const { exitCode, text } = await tool.lab(...words);
    expect(text).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
