import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabApi } from '../../../packages/confluent-dr-lab/src/background/lab-api';
import { type LabRecord } from '../../../packages/confluent-dr-lab/src/background/lab-folder';
import { BuiltProject } from '../lab/built-project';
import { endingOf, eventually, Program } from '../../support/waiting';
import { countedBy, journalIn, logsOf, toldBy } from './console-reader';
import { consoleConsumer } from './lab-with-brokers';

jest.setTimeout(900_000);

interface ShownBrokers {
  readonly clusters: Readonly<Record<string, { readonly brokers: readonly { readonly address: string }[] }>>;
}

describe('npm start, in a copy of the project', () => {
  let project: BuiltProject;
  let reader: Program | undefined;

  beforeAll(() => {
    project = new BuiltProject();
  });

  afterAll(async () => {
    reader?.child.kill('SIGKILL');
    await project.remove();
  });

  const rehearsals = (): string => join(project.folder, 'rehearsals');
  const journal = () => {
    const [run] = existsSync(rehearsals()) ? readdirSync(rehearsals()) : [];
    return run === undefined ? undefined : journalIn(join(rehearsals(), run, 'drill.json'));
  };

  /** Of the lab that is taken down in the end nobody can read then: Kafka's console consumer reads while it is up. */
  async function readBeside(temporary: string, file: string, died: () => string | undefined): Promise<Program> {
    const topic = (await eventually(() => journal()?.traffic?.topic, Boolean, {
      what: 'the canary of the drill',
      died,
      limitMs: 300_000,
    }))!;
    const [place] = readdirSync(temporary).filter((name) => name.startsWith('confluent-dr-rehearsal-'));
    const { url, sample } = JSON.parse(readFileSync(join(temporary, place, 'lab/lab.json'), 'utf8')) as LabRecord;
    const { clusters } = (await new LabApi(url).get('/brokers')) as ShownBrokers;
    const [{ address }] = clusters[sample.primary.clusterId].brokers;
    const [command, ...args] = await consoleConsumer(`${address}:9094`, topic);
    const out = openSync(file, 'w');
    const child = spawn(command, args, { stdio: ['ignore', out, 'pipe'] });
    closeSync(out);
    return new Program(child, "Kafka's console consumer");
  }

  test('rehearses losing the primary with real brokers and a real proxy, and leaves a report and no lab', async () => {
    const [temporary, shown] = [join(project.folder, 'temporary'), join(project.folder, 'shown')];
    mkdirSync(temporary);
    const rehearsing = project.shell(`TMPDIR=${temporary} npm start --silent`);
    reader = await readBeside(
      temporary,
      shown,
      endingOf(rehearsing, ({ text }) => text),
    );
    const { exitCode, text } = await rehearsing;
    expect([exitCode, text]).toEqual([0, expect.stringContaining('Every target was met.')]);
    expect(text).toContain('with brokers of Apache Kafka, and with nginx for the proxy');
    expect(text).toMatch(
      /The drill is done, in \d+ s: the primary serves, and the secondary follows it\. RTO: \d+\.\d s from when the proxy cut clients off/,
    );
    expect(text).toMatch(/ s The lab is down, and nothing of it is left\.\s*$/);
    const [run, ...others] = readdirSync(rehearsals());
    expect(others).toEqual([]);
    expect(readdirSync(join(rehearsals(), run)).sort()).toEqual(
      ['canary.jsonl', 'deploy.log', 'drill.html', 'drill.json', 'drill.log', 'drill.xml'].sort(),
    );
    const { traffic, not_proven: unproven } = journal()!;
    // What a busy machine kept the canary from seeing is no matter of the rehearsal.
    expect(unproven.filter((what) => !what.startsWith('The canary itself stood still'))).toEqual([]);
    expect(traffic).toMatchObject({ way: 'proxy', failover: { fault: { kind: 'proxy' } }, loss: { records: 0 } });

    reader.child.kill('SIGTERM');
    await reader.ended();
    const dump = readFileSync(shown, 'utf8').split('\n').filter(Boolean);
    expect(toldBy(journal()!)).toEqual(countedBy(dump, logsOf(journal()!)));
  });
});
