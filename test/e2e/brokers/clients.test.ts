import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { type DocumentOf } from '../../../packages/confluent-dr/src/report/output-schema/documents';
import { BuiltProject } from '../lab/built-project';
import { requireNginx } from '../lab/require-nginx';
import { Tool } from '../lab/tool';
import { ClientProgram, installLibrdkafka } from './clients/programs';
import { LabWithBrokers } from './lab-with-brokers';

jest.setTimeout(900_000);

const BIN = join(__dirname, '../../../packages/confluent-dr/bin/confluent-dr.js');
const TOOL = `node ${BIN}`;
/** Terraform alone is faster than cdktf, which the other suites run. */
const STACK = 'cdktf.out/stacks/active-passive';
const TOPIC = 'active-passive-a';
const CLIENTS = ['java', 'librdkafka', 'kafkajs', 'platformatic'];

const seconds = expect.any(Number) as number;
const recoveredFrom = (kind: 'proxy' | 'switch-over') => ({
  fault: { kind, at: expect.any(String) as string },
  acknowledged_after: seconds,
  consumed_after: seconds,
  pause: { acknowledged: seconds, consumed: seconds },
});

const byClient = (one: { client: string }, other: { client: string }): number => (one.client < other.client ? -1 : 1);

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

  test('move to the other member and back by themselves in a drill, and lose nothing that was acknowledged', async () => {
    await Promise.all(programs.map((program) => program.works(0)));
    const journal = join(project.folder, 'drill.json');
    const logs = programs.map(({ log }) => log).join(' ');
    await must(
      `${TOOL} lab exec -- ${TOOL} drill --with terraform --from ${STACK} --yes --journal ${journal} --clients-log ${logs}`,
    );
    expect(programs.map(({ name, ending }) => [name, ending])).toEqual(CLIENTS.map((name) => [name, undefined]));

    const { clients, run } = JSON.parse(readFileSync(journal, 'utf8')) as Journal;
    const seen = [...clients!.seen!].sort(byClient);
    expect(seen).toEqual(
      ['@platformatic/kafka', 'java', 'kafkajs', 'librdkafka'].map((client) => ({
        client,
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
        failover: recoveredFrom('proxy'),
        failback: recoveredFrom('switch-over'),
      })),
    );
    // Without a canary not all is measured, which is the exit code's subject.
    await project.shell(`${TOOL} report ${journal}`);
    const page = readFileSync(join(project.folder, 'drill.html'), 'utf8');
    expect(seen.filter(({ client, version }) => !page.includes(`${client} ${version}`))).toEqual([]);
    const back = Date.parse(run.find(({ activity }) => activity.name === 'failback')!.end);
    await Promise.all(programs.map((program) => program.works(back)));
    // For the reader: how fast a machine is, no test may depend on.
    const shown = seen.map(
      ({ client, version, failover, failback }) =>
        `${client} ${version}: acknowledged after ${failover!.acknowledged_after} s, and ${failback!.acknowledged_after} s on the way back`,
    );
    console.info(shown.join('\n'));

    // Kafka's console consumer reads all of a topic to which nobody writes meanwhile.
    await Promise.all(programs.map((program) => program.stop()));
    const there = new Set((await lab.dump('primary', TOPIC)).map((line) => line.split('\t').at(-1)));
    const acknowledged = programs.flatMap((program) => program.events('acknowledged').map(({ record }) => record));
    expect(acknowledged.filter((record) => !there.has(record))).toEqual([]);
  });
});
