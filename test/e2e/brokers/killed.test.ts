import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { LabApi } from '../../../packages/confluent-dr-lab/src/background/lab-api';
import { eventually, Program } from '../../support/waiting';
import { BuiltProject } from '../lab/built-project';
import { requireNginx } from '../lab/require-nginx';
import { Tool } from '../lab/tool';
import { countedBy, journalIn, logsOf, toldBy } from './console-reader';
import { LabWithBrokers, type Role } from './lab-with-brokers';

jest.setTimeout(900_000);

/** Terraform alone is faster than cdktf, which the other suites run. */
const STACK = 'cdktf.out/stacks/active-passive';
const TOPIC = 'active-passive-a';
const MOST_RUNS = 25;

type Part = 'the tool' | 'the link' | 'each nginx' | 'the broker of the primary' | 'the broker of the secondary';

/** The phases, and the moves of the canary that follow on two of them. */
const PLACES = ['check', 'block', 'failover', 'move', 'check-moved', 'unblock', 'status', 'failback', 'move-back'];
/** What is otherwise where the primary itself is lost. */
const IN_A_DISASTER = ['outage', 'failover', 'recovery'];
/** What takes long; the tool is killed in the midst of it. */
const LONG = ['block', 'outage', 'failover', 'unblock', 'recovery', 'failback'];

interface Killing {
  readonly kind: string;
  readonly parts: readonly Part[];
  readonly places: readonly string[];
  readonly words: readonly string[];
  /** Whether the tool is killed before it has done anything, also of what takes long. @default false */
  readonly atOnce?: boolean;
}

const KILLINGS: readonly Killing[] = [
  { kind: 'planned', parts: ['the tool', 'the link'], places: PLACES, words: [] },
  {
    kind: 'planned',
    parts: ['each nginx', 'the broker of the primary', 'the broker of the secondary'],
    places: PLACES,
    words: [],
  },
  {
    kind: 'disaster',
    parts: ['the tool', 'the link'],
    places: IN_A_DISASTER,
    words: ['--disaster', '--discard', '--no-toggle'],
    atOnce: true,
  },
];

describe('A drill in which something is killed at every phase', () => {
  let project: BuiltProject;
  let lab: LabWithBrokers;
  let drilling: Program | undefined;

  beforeAll(async () => {
    requireNginx();
    project = new BuiltProject();
    lab = new LabWithBrokers(new Tool(project.labFolder), 'active-passive-test');
    const bin = `node ${lab.tool.argumentsFor([]).join(' ')}`;
    const { exitCode, text } = await project.shell(
      `${bin} lab up --kafka && ${bin} lab exec -- npx cdktf deploy --auto-approve`,
    );
    if (exitCode !== 0) {
      throw new Error(text);
    }
    lab.attach();
  });

  afterEach(() => drilling?.child.kill('SIGKILL'));
  afterAll(async () => {
    await project.remove();
    await lab.tool.remove();
  });

  /** The processes of a part, as the lab tells them; of a part that does not run at the moment there are none. */
  async function processesOf(part: Exclude<Part, 'the tool'>): Promise<number[]> {
    const api = new LabApi(lab.record.url);
    if (part === 'each nginx') {
      const { proxies } = (await api.get('/azure/proxies')) as {
        proxies: { pids: Record<string, number | undefined> }[];
      };
      return proxies.flatMap(({ pids }) => Object.values(pids).flatMap((pid) => pid ?? []));
    }
    const { link, clusters } = (await api.get('/brokers')) as Awaited<ReturnType<LabWithBrokers['status']>>['kafka'];
    const brokersOf = (role: Role) => clusters[lab.sample[role].clusterId].brokers.flatMap(({ pid }) => pid ?? []);
    switch (part) {
      case 'the link':
        return link.pid === undefined ? [] : [link.pid];
      case 'the broker of the primary':
        return brokersOf('primary');
      case 'the broker of the secondary':
        return brokersOf('secondary');
    }
  }

  function kill(pid: number): boolean {
    try {
      return process.kill(pid, 'SIGKILL');
    } catch {
      return false;
    }
  }

  test.each(KILLINGS)(
    '$parts, $kind, is brought to its end, and tells of it',
    async ({ parts, places, words, kind, atOnce = false }) => {
      await lab.caughtUp('secondary', TOPIC);
      const name = join(project.folder, `${kind}-without-${parts[0].replaceAll(' ', '-')}`);
      mkdirSync(name);
      places.forEach((place) => writeFileSync(join(name, `hold-${place}`), ''));
      const killed = new Map<Part, number>();

      /** Lets the drill go as far as to the next place where something is to be killed. */
      const killAt = async (place: string): Promise<void> => {
        const pid = Number(readFileSync(join(name, `at-${place}`), 'utf8'));
        for (const part of parts) {
          if (part !== 'the tool') {
            killed.set(part, (killed.get(part) ?? 0) + (await processesOf(part)).filter(kill).length);
          }
        }
        if (!parts.includes('the tool')) {
          rmSync(join(name, `hold-${place}`));
        } else if (LONG.includes(place) && !atOnce) {
          rmSync(join(name, `hold-${place}`));
          await new Promise((resolve) => setTimeout(resolve, 300));
          kill(pid);
        } else {
          kill(pid);
          rmSync(join(name, `hold-${place}`));
        }
      };

      const file = `${name}.json`;
      const logs: string[] = [];
      const run = async (): Promise<void> => {
        logs.push(`${name}-${logs.length}.jsonl`);
        const drill = [
          'drill',
          '--with',
          'terraform',
          '--from',
          STACK,
          '--yes',
          '--canary',
          '--journal',
          file,
          ...words,
        ];
        const command = lab.tool.argumentsFor([...drill, '--canary-log', logs.at(-1)!]);
        const inLab = lab.tool.argumentsFor(['lab', 'exec', '--', process.execPath, ...command]);
        const hook = join(__dirname, 'hold-at-phases.mjs');
        const env = { ...lab.tool.env, HOLD_FOLDER: name, NODE_OPTIONS: `--import=${hook}` };
        const out = openSync(`${name}.out`, 'a');
        const child = spawn(process.execPath, inLab, { cwd: project.folder, env, stdio: ['ignore', out, out] });
        closeSync(out);
        drilling = new Program(child, 'the drill');
        for (let reached = await nextPlace(drilling); reached !== undefined; reached = await nextPlace(drilling)) {
          await killAt(reached);
          rmSync(join(name, `at-${reached}`));
        }
      };

      /** Where the drill is held next; undefined if it ends. */
      const nextPlace = async (drill: Program): Promise<string | undefined> => {
        const reached = (): string | undefined => places.find((place) => existsSync(join(name, `at-${place}`)));
        const isOver = (): boolean => drill.died() !== undefined;
        await eventually(reached, (place) => place !== undefined || isOver(), {
          what: `the next of ${readdirSync(name).join(', ')}`,
          limitMs: 300_000,
        }).catch((error: Error) => {
          throw new Error(`${error.message}; ${readFileSync(`${name}.out`, 'utf8').slice(-3000)}`);
        });
        return reached();
      };
      do {
        await run();
      } while (journalIn(file)?.status !== 'completed' && logs.length < MOST_RUNS);

      // It was held at every place, and let go there once something had been killed.
      expect(readdirSync(name)).toEqual([]);
      const others = parts.filter((part) => part !== 'the tool');
      expect(others.filter((part) => (killed.get(part) ?? 0) === 0)).toEqual([]);
      const journal = journalIn(file)!;
      expect(journal.status).toBe('completed');

      // The report tells of each run that was taken up, and of a phase that was killed in its midst that nobody noted its end.
      const { exitCode } = await lab.tool.dr('report', file);
      expect([0, 4]).toContain(exitCode);
      const page = readFileSync(`${name}.html`, 'utf8');
      expect(page.split('and a further run took it up').length - 1).toBe(journal.interruptions.length);
      const midst = places.filter((place) => place !== 'check' && !place.startsWith('move'));
      const told = journal.run
        .filter(({ exception }) => exception?.[0].startsWith('It was killed'))
        .map(({ activity }) => activity.name);
      expect(told).toEqual(parts.includes('the tool') ? midst : []);
      // Where nothing was begun but the check, a drill begins anew, and the journal of the one that was killed is kept beside it.
      const aside = readdirSync(project.folder).filter(
        (each) => each.startsWith(`${basename(name)}-2`) && each.endsWith('.json'),
      );
      expect(aside.flatMap((each) => journalIn(join(project.folder, each))!.under_way?.name ?? [])).toEqual(
        parts.includes('the tool') && places.includes('check') ? ['check'] : [],
      );

      // Whoever took it up before the mirrors had turned found no member that serves.
      const said = readFileSync(`${name}.out`, 'utf8');
      expect(!parts.includes('the tool') || said.includes('it begins when the mirrors have turned')).toBe(true);

      // The parts are measured as one, and as Kafka's own console consumer shows it.
      await lab.caughtUp('secondary', TOPIC);
      const dump = await lab.dump('primary', TOPIC);
      expect(toldBy(journal)).toEqual(countedBy(dump, logsOf(journal)));
      expect(journal.traffic!.loss!.records).toBe(toldBy(journal).missing);
      expect(journal.traffic!.failover!.rto).toBeGreaterThan(0);
      // What was acknowledged to a run that was not taken up is there as well.
      const all = countedBy(dump, logs);
      expect(all.acknowledged).toBeGreaterThan(0);
      expect(kind === 'disaster' ? 0 : all.missing).toBe(0);
    },
  );
});
