import { spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LabRecord } from '../../../packages/confluent-dr-lab/src/background/lab-folder';
import { type DocumentOf } from '../../../packages/confluent-dr/src/report/output-schema/documents';
import { eventually, Program } from '../../support/waiting';
import { type CanarySum } from '../canary/stage';
import { BuiltProject } from '../lab/built-project';
import { requireNginx } from '../lab/require-nginx';
import { Tool } from '../lab/tool';
import { countedBy } from './console-reader';
import { LabWithBrokers } from './lab-with-brokers';

jest.setTimeout(900_000);

/** Without npx, which takes longer to start than the tool. */
const BIN = join(__dirname, '../../../packages/confluent-dr/bin/confluent-dr.js');
const TOOL = `node ${BIN}`;

type Line = DocumentOf<'canary'>;
type Second = Extract<Line, { type: 'second' }>;

/** `confluent-dr canary` in the lab of a project, until it is ended. */
class Canary {
  public readonly lines: Line[] = [];
  private readonly program: Program;

  constructor(project: BuiltProject) {
    const words = ['lab', 'exec', '--', process.execPath, BIN, 'canary', '--rate', '20', '--json'];
    const env = { ...process.env, CONFLUENT_DR_LAB: project.labFolder };
    const child = spawn(process.execPath, [BIN, ...words], { cwd: project.folder, env });
    this.program = new Program(child, 'the canary');
    let rest = '';
    child.stdout.on('data', (chunk) => {
      const parts = (rest + String(chunk)).split('\n');
      rest = parts.pop()!;
      this.lines.push(...parts.filter(Boolean).map((line) => JSON.parse(line) as Line));
    });
  }

  /** Waits for so many seconds of a kind that began after a time. */
  public async seconds(since: number, count: number, isOne: (second: Second) => boolean): Promise<void> {
    await eventually(
      () => this.since(since),
      (seconds) => seconds.filter(isOne).length >= count,
      { what: `${count} such seconds of the canary`, died: this.program.died, limitMs: 600_000 },
    );
  }

  public since(time: number): Second[] {
    return this.lines.filter((line): line is Second => line.type === 'second' && line.at >= time);
  }

  public async end(): Promise<CanarySum> {
    this.program.child.kill('SIGTERM');
    await this.program.ended();
    return this.lines.find(({ type }) => type === 'sum') as unknown as CanarySum;
  }

  public kill(): void {
    this.program.child.kill('SIGKILL');
  }
}

describe('A lab with brokers and a proxy', () => {
  let project: BuiltProject;
  let canary: Canary | undefined;

  beforeAll(async () => {
    requireNginx();
    project = new BuiltProject();
    const { exitCode, text } = await project.shell(
      `${TOOL} lab up --kafka && ${TOOL} lab exec -- npx cdktf deploy --auto-approve`,
    );
    if (exitCode !== 0) {
      throw new Error(text);
    }
  });

  afterAll(async () => {
    canary?.kill();
    await project.remove();
  });

  const dr = (words: string) => project.shell(`${TOOL} lab exec -- ${TOOL} ${words}`);
  const record = (): LabRecord => JSON.parse(readFileSync(join(project.labFolder, 'lab.json'), 'utf8')) as LabRecord;

  test('takes a block for its clients’ outage, which ends with it', async () => {
    canary = new Canary(project);
    await canary.seconds(0, 3, ({ acknowledged, consumed }) => acknowledged > 0 && consumed > 0);

    const block = await dr('block --yes --json');
    expect([block.exitCode, block.text]).toEqual([0, expect.stringMatching(/"kind":\s*"proven"/)]);
    // What was on its way when the block began may still be told; nothing comes after the first second without any.
    const isSilent = ({ acknowledged, consumed }: Second): boolean => acknowledged + consumed === 0;
    const blocked = Date.now();
    await canary.seconds(blocked, 4, (second) => second.sent > 0 && isSilent(second));
    const during = canary.since(blocked);
    expect(during.slice(during.findIndex(isSilent)).filter((second) => !isSilent(second))).toEqual([]);

    const unblock = await dr('unblock --yes --json');
    expect([unblock.exitCode, unblock.text]).toEqual([0, expect.stringMatching(/"kind":\s*"proven"/)]);
    await canary.seconds(Date.now(), 3, ({ acknowledged, consumed }) => acknowledged > 0 && consumed > 0);

    const { found, tally, log } = await canary.end();
    expect(canary.lines[0]).toMatchObject({ type: 'begin', way: 'proxy' });
    expect(tally.acknowledged).toBeLessThan(tally.sent);
    // Of what the block met on its way, some may have arrived without a word of it.
    const { unacknowledged } = found!;
    expect(found).toMatchObject({ missing: 0, outOfOrder: 0, there: tally.acknowledged + unacknowledged });
    const lab = new LabWithBrokers(new Tool(project.labFolder));
    lab.attach();
    const shown = countedBy(await lab.dump('primary', 'active-passive-a'), [join(project.folder, log.path)]);
    expect(shown).toEqual({ ...found, acknowledged: tally.acknowledged });
    rmSync(lab.tool.folder, { recursive: true });
  });

  test('leads a client of another kind through the proxy by the names alone', async () => {
    const { sample, kafka } = record();
    const { key, secret } = sample.primary.kafka;
    const settings = {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanisms': 'PLAIN',
      'sasl.username': key,
      'sasl.password': secret,
      'ssl.ca.location': kafka!.caFile,
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(project.folder, 'kcat.conf'), lines.join(''), { mode: 0o600 });
    const [, name] = /^\S+ (pkc-\S+\.westeurope\.\S+)$/m.exec(readFileSync(kafka!.hostsFile, 'utf8'))!;
    const kcat = (words: string) =>
      project.shell(`${TOOL} lab exec -- kcat -F kcat.conf -b ${name}:9092 -m 20 ${words}`);

    const written = await kcat('-P -t active-passive-a <<<"a word by kcat"');
    expect([written.exitCode, written.text]).toEqual([0, expect.any(String)]);
    const read = await kcat('-C -t active-passive-a -o beginning -e -q');
    expect(read.stdout).toContain('a word by kcat');
    const log = await project.shell(`cat ${project.labFolder}/proxy/*/log/primary/sessions.log`);
    expect(log.stdout).toContain(`"sni":"b0-${name}"`);
  });
});
