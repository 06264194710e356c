import { execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kafkaJars } from '../../../../packages/confluent-dr-lab/src/kafka/broker/class-archive';
import { java } from '../../../../packages/confluent-dr-lab/src/kafka/broker/java';
import { type DocumentOf } from '../../../../packages/confluent-dr/src/report/output-schema/documents';
import { eventually, Program } from '../../../support/waiting';
import { type Key, type LabWithBrokers } from '../lab-with-brokers';

export type ClientName = DocumentOf<'clients'>['clients'][number]['client'];

/** A line of a client's log. */
export interface ClientEvent {
  readonly client: string;
  readonly version: string;
  readonly time: string;
  readonly event: 'acknowledged' | 'consumed';
  readonly record: string;
}

/** The release that was measured. */
const LIBRDKAFKA = 'confluent-kafka==2.16.1';

/** Puts librdkafka's Python client into a folder of its own. */
export async function installLibrdkafka(folder: string): Promise<string> {
  const packages = join(folder, 'python');
  await promisify(execFile)('python3', ['-m', 'pip', 'install', '--quiet', '--target', packages, LIBRDKAFKA]);
  return packages;
}

/** A producer and a consumer of one library, in a process that nobody touches from its beginning to the end of the test. */
export class ClientProgram {
  public readonly log: string;
  private readonly complaints: string;
  private readonly program: Program;

  private constructor(
    public readonly name: ClientName,
    folder: string,
    command: (log: string) => readonly string[],
    lab: LabWithBrokers,
    env: NodeJS.ProcessEnv,
  ) {
    this.log = join(folder, `${name}.jsonl`);
    this.complaints = join(folder, `${name}.err`);
    const out = openSync(this.complaints, 'a');
    const words = lab.tool.argumentsFor(['lab', 'exec', '--', ...command(this.log)]);
    const child = spawn(process.execPath, words, {
      cwd: folder,
      env: { ...lab.tool.env, ...env },
      stdio: ['ignore', out, out],
    });
    closeSync(out);
    this.program = new Program(child, name);
  }

  /** @param settings as `confluent-dr clients` printed them */
  public static async start(
    name: ClientName,
    settings: string,
    { lab, topic, key, packages }: { lab: LabWithBrokers; topic: string; key: Key; packages: string },
  ): Promise<ClientProgram> {
    const folder = mkdtempSync(join(lab.tool.cwd, `${name}-`));
    const file = join(folder, 'settings');
    writeFileSync(file, settings, { mode: 0o600 });
    const { caFile } = lab.record.kafka!;
    const env = {
      CLIENT_API_KEY: key.key,
      CLIENT_API_SECRET: key.secret,
      NODE_EXTRA_CA_CERTS: caFile,
      PYTHONPATH: packages,
    };
    const program = await programOf(name);
    return new ClientProgram(name, folder, (log) => [...program, file, topic, log, caFile], lab, env);
  }

  /** What a program said last that has ended. */
  public get ending(): string | undefined {
    const ending = this.program.died();
    return ending && `${ending}${this.said()}`;
  }

  public events(event: ClientEvent['event'], since = 0): ClientEvent[] {
    const text = existsSync(this.log) ? readFileSync(this.log, 'utf8') : '';
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as ClientEvent)
      .filter((each) => each.event === event && Date.parse(each.time) >= since);
  }

  /** Waits until records of this client were acknowledged and consumed after a time. */
  public async works(since: number): Promise<void> {
    await eventually(
      () => [this.events('acknowledged', since).length, this.events('consumed', since).length],
      ([acknowledged, consumed]) => acknowledged > 0 && consumed > 0,
      { what: `that ${this.name} writes and reads`, died: () => this.ending },
    ).catch((error: Error) => {
      throw new Error(`${error.message}; ${this.said()}`);
    });
  }

  public async stop(): Promise<void> {
    this.program.child.kill('SIGTERM');
    await this.program.ended();
  }

  private said(): string {
    return readFileSync(this.complaints, 'utf8').slice(-2000);
  }
}

const here = (file: string): string => join(__dirname, file);

async function programOf(name: ClientName): Promise<readonly string[]> {
  switch (name) {
    case 'java':
      return java(await kafkaJars(), here('JavaClient.java'));
    case 'librdkafka':
      return ['python3', here('librdkafka-client.py')];
    case 'kafkajs':
    case 'platformatic':
      return [process.execPath, here(`${name}-client.mjs`)];
  }
}
