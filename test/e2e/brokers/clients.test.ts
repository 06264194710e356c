import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DocumentOf } from '../../../packages/confluent-dr/src/report/output-schema/documents';
import { BuiltProject } from '../lab/built-project';
import { requireNginx } from '../lab/require-nginx';
import { Tool } from '../lab/tool';
import { ClientProgram, installLibrdkafka } from './clients/programs';
import { LabWithBrokers } from './lab-with-brokers';

jest.setTimeout(900_000);

const BIN = join(__dirname, '../../../packages/confluent-dr/bin/confluent-dr.js');
const TOOL = `node ${BIN}`;
const TOPIC = 'active-passive-a';

describe('Clients with the settings that the tool prints and one key for both clusters', () => {
  let project: BuiltProject;
  let lab: LabWithBrokers;
  let programs: ClientProgram[] = [];

  beforeAll(async () => {
    requireNginx();
    project = new BuiltProject();
    lab = new LabWithBrokers(new Tool(project.labFolder));
    const [packages] = await Promise.all([
      installLibrdkafka(lab.tool.folder),
      must(`${TOOL} lab up --kafka && ${TOOL} lab exec -- npx cdktf deploy --auto-approve --var cc_active=primary`),
    ]);
    lab.attach();
    for (const role of ['primary', 'secondary'] as const) {
      for (const type of ['TOPIC', 'GROUP']) {
        await lab.allow(role, lab.sample.serviceAccountId, type, '*', 'ALL');
      }
    }
    const { stdout } = await must(`${TOOL} lab exec -- ${TOOL} clients --json`);
    const { clients } = JSON.parse(stdout) as DocumentOf<'clients'>;
    const place = { lab, topic: TOPIC, key: await lab.newKey('global'), packages };
    programs = await Promise.all(clients.map(({ client, text }) => ClientProgram.start(client, text, place)));
  });

  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await project.remove();
    await lab.tool.remove();
  });

  const must = async (script: string) => {
    const result = await project.shell(script);
    if (result.exitCode !== 0) {
      throw new Error(result.text);
    }
    return result;
  };

  const allWork = (since: number) => Promise.all(programs.map((program) => program.works(since)));

  /** Milliseconds since 1970 at which the proxy last changed whom it lets in. */
  const turnedAt = (): number => {
    const proxies = join(project.labFolder, 'proxy');
    const [fences] = readdirSync(proxies).filter((name) => statSync(join(proxies, name)).isDirectory());
    return statSync(join(proxies, fences, 'fences.json')).mtimeMs;
  };

  /** For the reader: how fast a machine is, no test may depend on. */
  const firstAcknowledged = (since: number): string =>
    programs
      .map((program) => {
        const [{ client, version, time }] = program.events('acknowledged', since);
        return `${client} ${version}: ${((Date.parse(time) - since) / 1000).toFixed(1)} s`;
      })
      .join(', ');

  test('move to the other member and back by themselves, and lose nothing that was acknowledged', async () => {
    await allWork(0);
    for (const [command, to] of [
      ['failover --planned', 'secondary'],
      ['failback', 'primary'],
    ] as const) {
      await must(`${TOOL} lab exec -- ${TOOL} ${command} --yes`);
      const turned = turnedAt();
      await allWork(turned);
      console.info(
        `First record acknowledged on the ${to} after the proxy let clients in: ${firstAcknowledged(turned)}`,
      );
    }
    expect(programs.filter(({ isRunning }) => isRunning).map(({ name }) => name)).toEqual([
      ...['java', 'librdkafka', 'kafkajs', 'platformatic'],
    ]);

    // Kafka's console consumer reads all of a topic to which nobody writes meanwhile.
    await Promise.all(programs.map((program) => program.stop()));
    const there = new Set((await lab.dump('primary', TOPIC)).map((line) => line.split('\t').at(-1)));
    const acknowledged = programs.flatMap((program) => program.events('acknowledged').map(({ record }) => record));
    expect(acknowledged.filter((record) => !there.has(record))).toEqual([]);
  });
});
