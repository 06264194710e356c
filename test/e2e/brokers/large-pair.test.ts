import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Admin } from 'kafkajs';
import { type Journal } from '../../../packages/confluent-dr/src/drill/journal';
import { eventually, Program } from '../../support/waiting';
import { countedBy, journalIn, logsOf, toldBy } from './console-reader';
import { LabWithBrokers, OFFSETS_OF_ALL_GROUPS, type Role } from './lab-with-brokers';

jest.setTimeout(900_000);

const TOPICS = Array.from({ length: 20 }, (_, index) => `orders-${String(index).padStart(2, '0')}`);
const [WATCHED, WIDE] = TOPICS;
const PARTITIONS = 50;

/** Writes one record after the other by kcat, a process each, and keeps which were acknowledged and when. */
const KCAT = `
while [ ! -e "$1/end" ]; do
  at=$(date +%s%3N)
  if echo "$2 $at" | kcat -F "$1/$2.conf" -P -t ${WATCHED} -X message.timeout.ms=1500 2>>"$1/$2.err"; then
    echo "$at $(date +%s%3N)" >>"$1/$2.acknowledged"
  fi
  sleep 0.2
done`;

interface Written {
  /** Milliseconds since 1970. */
  readonly begun: number;
  readonly acknowledged: number;
}

describe('A lab of three brokers for each cluster, with twenty topics', () => {
  const lab = new LabWithBrokers();
  const clients: Program[] = [];
  let folder: string;

  beforeAll(async () => {
    await lab.up('--brokers', '3');
    await Promise.all([lab.link(OFFSETS_OF_ALL_GROUPS), lab.allowAll()]);
    await Promise.all(
      TOPICS.map((topic) => {
        const count = topic === WIDE ? PARTITIONS : 2;
        return lab.rest('primary', 'POST', '/topics', { topic_name: topic, partitions_count: count });
      }),
    );
    await Promise.all(
      TOPICS.map((topic) => lab.rest('secondary', 'POST', '/links/dr/mirrors', { source_topic_name: topic })),
    );
    await caughtUp();
    folder = join(lab.tool.cwd, 'kcat');
    mkdirSync(folder);
  });

  afterAll(async () => {
    clients.forEach(({ child }) => child.kill('SIGKILL'));
    await lab.tool.remove();
  });

  const caughtUp = async (): Promise<void> => {
    for (const topic of TOPICS) {
      await lab.caughtUp('secondary', topic);
    }
  };

  const adminOf = async <T>(role: Role, act: (admin: Admin) => Promise<T>): Promise<T> => {
    const admin = (await lab.client(role, lab.sample[role].kafka)).admin();
    await admin.connect();
    try {
      return await act(admin);
    } finally {
      await admin.disconnect();
    }
  };

  const offsetsOn = (role: Role): Promise<string[]> =>
    adminOf(role, async (admin) => {
      const [topic] = await admin.fetchOffsets({ groupId: 'billing', topics: [WIDE] });
      return topic.partitions
        .sort((one, other) => one.partition - other.partition)
        .map(({ partition, offset }) => `${partition}:${offset}`);
    });

  async function kcat(role: Role): Promise<void> {
    const { caFile, clusters } = (await lab.status()).kafka;
    const { clusterId, kafka } = lab.sample[role];
    const settings = {
      'bootstrap.servers': clusters[clusterId].bootstrap,
      'security.protocol': 'SASL_SSL',
      'sasl.mechanisms': 'PLAIN',
      'sasl.username': kafka.key,
      'sasl.password': kafka.secret,
      'ssl.ca.location': caFile,
    };
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
    writeFileSync(join(folder, `${role}.conf`), lines.join(''), { mode: 0o600 });
    writeFileSync(join(folder, `${role}.acknowledged`), '');
    const args = lab.tool.argumentsFor(['lab', 'exec', '--', 'bash', '-c', KCAT, 'kcat', folder, role]);
    clients.push(
      new Program(spawn(process.execPath, args, { cwd: lab.tool.cwd, env: lab.tool.env }), `kcat on the ${role}`),
    );
  }

  const writtenBy = (role: Role): Written[] =>
    readFileSync(join(folder, `${role}.acknowledged`), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ').map(Number))
      .map(([begun, acknowledged]) => ({ begun, acknowledged }));

  async function drilled(): Promise<{ exitCode: number; text: string; journal: Journal }> {
    const file = join(lab.tool.cwd, 'drill.json');
    const words = ['--disaster', '--discard', '--yes', '--canary', '--canary-topic', WATCHED, '--journal', file];
    const log = ['--canary-log', join(lab.tool.cwd, 'drill.jsonl'), '--outputs', await lab.outputsFile(...TOPICS)];
    const command = lab.tool.argumentsFor(['drill', ...words, ...log]);
    const { exitCode, text } = await lab.tool.lab('exec', '--', process.execPath, ...command);
    return { exitCode, text, journal: journalIn(file)! };
  }

  test('goes through a disaster, in which the outage that the canary tells is kcat’s too, and a group of fifty partitions keeps its place', async () => {
    const messages = Array.from({ length: 2 * PARTITIONS }, (_, index) => ({
      value: `v${index}`,
      partition: index % PARTITIONS,
    }));
    await lab.produce('primary', lab.sample.primary.kafka, WIDE, messages);
    // The group has read to another place in each partition: 0, 1 or 2.
    const place = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset: String(partition % 3) }));
    await adminOf('primary', (admin) => admin.setOffsets({ groupId: 'billing', topic: WIDE, partitions: place }));
    const expected = place.map(({ partition, offset }) => `${partition}:${offset}`);
    await eventually(
      () => offsetsOn('secondary'),
      (offsets) => offsets.join() === expected.join(),
    );
    await Promise.all([kcat('primary'), kcat('secondary')]);
    await eventually(
      () => writtenBy('primary'),
      (written) => written.length >= 3,
      { what: 'three records by kcat', died: () => clients.flatMap((client) => client.died() ?? [])[0] },
    );

    const { exitCode, text, journal } = await drilled();
    writeFileSync(join(folder, 'end'), '');
    await Promise.all(clients.map((client) => client.ended()));
    expect([exitCode, journal.status, text]).toEqual([0, 'completed', expect.stringContaining('The drill is done')]);

    const timeOf = (name: string): { start: number; end: number } => {
      const { start, end } = journal.run.find(({ activity }) => activity.name === name)!;
      return { start: Date.parse(start), end: Date.parse(end) };
    };
    const [outage, failover, recovery, failback] = ['outage', 'failover', 'recovery', 'failback'].map(timeOf);
    const { fault, rto } = journal.traffic!.failover!;
    const [from, until] = [Date.parse(fault.at), Date.parse(fault.at) + rto! * 1000];
    expect(from).toBeGreaterThanOrEqual(outage.start);
    expect(from).toBeLessThanOrEqual(outage.end);
    // Whoever begins to write after the brokers were killed has no answer of the primary until they are back, ...
    const onPrimary = writtenBy('primary');
    expect(onPrimary.filter(({ begun, acknowledged }) => begun > outage.end && acknowledged < recovery.start)).toEqual(
      [],
    );
    expect(onPrimary.filter(({ acknowledged }) => acknowledged <= outage.end).length).toBeGreaterThanOrEqual(3);
    // ... and none of the secondary while it is a mirror: before the failover, and after the failback.
    const onSecondary = writtenBy('secondary');
    expect(onSecondary.filter(({ acknowledged }) => acknowledged < failover.start)).toEqual([]);
    expect(onSecondary.filter(({ begun }) => begun > failback.end)).toEqual([]);
    // Clients that are said to be back could write there.
    expect(onSecondary.filter(({ begun }) => begun < failback.start).length).toBeGreaterThan(0);
    expect(until).toBeGreaterThan(failover.start);

    expect(toldBy(journal)).toEqual(countedBy(await lab.dump('primary', WATCHED), logsOf(journal)));
    expect(journal.traffic!.loss!.records).toBe(toldBy(journal).missing);
    expect(journal.traffic!.sum!.verdict.faults.filter((each) => each !== 'missing')).toEqual([]);
    expect(await offsetsOn('primary')).toEqual(expected);
    expect((await lab.dump('primary', WIDE)).length).toBe(messages.length);
    await caughtUp();
  });
});
