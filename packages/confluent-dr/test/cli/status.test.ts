import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { TYPESCRIPT_HOOK } from '../../../../test/support/processes-of-sources';
import { endingOf, eventually, Program } from '../../../../test/support/waiting';
import { addFault, removeFault } from '../../../confluent-dr-lab/src/cloud/state';
import { OWN_CONCERN_CODES } from '../../src/report/status/concerns';
import { type TopicStatus } from '../../src/report/status/member-status';
import { type PairStatus } from '../../src/report/status/pair-status';
import { statusText } from '../../src/words/status';
import { PLAIN } from '../../src/words/text-style';
import { outputsOf, removeFiles, said, whileBlocked } from '../report/status/support/command';
import { closeDeployedLabs, DEPLOYED_LINK, DeployedLab } from '../support/deployed-lab';
import { produced } from '../support/operating-lab';
import { documentProblems } from '../support/output-schema';
import { PLACE } from '../support/place';
import { fakeTerminal } from './support/fake-terminal';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

async function failOver(lab: DeployedLab): Promise<void> {
  const { restEndpoint, clusterId, kafka } = lab.member('secondary');
  const url = `${restEndpoint}/kafka/v3/clusters/${clusterId}/links/${DEPLOYED_LINK}/mirrors:failover`;
  const authorization = `Basic ${Buffer.from(`${kafka.key}:${kafka.secret}`).toString('base64')}`;
  const body = JSON.stringify({ mirror_topic_names: lab.topics });
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body,
  });
  expect(response.status).toBe(200);
  await lab.wait(2000);
}

/** Watches until it is ended; `died` tells what it said where it has ended by itself. */
function watch(...words: readonly string[]) {
  const watching = said('status', '--watch', ...words);
  return { watching, died: endingOf(watching, ({ code, stdout, stderr }) => `with ${code}, ${stdout}${stderr}`) };
}

describe('confluent-dr status', () => {
  test('tells a pair that is well, in words and as JSON, without secrets', async () => {
    const lab = await DeployedLab.start({ topics: 7 });
    const outputs = outputsOf(lab);
    const { code, stdout } = await said('status', '--outputs', outputs, '--json');
    const status = JSON.parse(stdout) as PairStatus;
    expect([code, status.well, status.serving, status.topics.length]).toEqual([0, true, 'primary', 7]);
    expect(documentProblems('status', status)).toEqual([]);
    expect(status.members.primary.route).toMatchObject({ host: '127.0.0.1', way: 'literal' });
    expect(stdout).not.toContain(lab.member('primary').kafka.secret);
    const words = (await said('status', '--outputs', outputs)).stdout;
    expect(words).toMatch(/^The primary serves\.\n/);
    expect(words).toMatch(/clients +may work on the primary, not on the secondary/);
    expect(words).toMatch(/7 of 7 replicating/);
    expect(words).toMatch(/All is well\.$/);
    expect((await said('status', '--outputs', outputs, '--all')).stdout).toMatch(/t0006/);
  });

  test('is not well while a mirror is stuck, or a task of the link', async () => {
    const lab = await DeployedLab.start({ topics: ['orders'] });
    const outputs = outputsOf(lab);
    const [primary, target] = [lab.member('primary').clusterId, lab.member('secondary').clusterId];
    const posted = async (path: string, body: object): Promise<void> => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
      expect((await fetch(`${lab.cloud.url}/lab/v1${path}`, init)).ok).toBe(true);
    };
    const codes = async (): Promise<string[]> => {
      const { code, stdout } = await said('status', '--outputs', outputs, '--json', '--max-lag', '0.3s');
      expect(code).toBe(4);
      return (JSON.parse(stdout) as PairStatus).concerns.map((concern) => concern.code);
    };
    await posted('/faults', { kind: 'mirror-stuck', target });
    await posted(`/clusters/${primary}/topics/orders/records`, { count: 5 });
    expect(await codes()).toEqual(['lag-time']);
    await posted('/faults', { kind: 'task-stuck', target, task: 'TopicConfigsSync' });
    expect(await codes()).toEqual(['lag-time', 'task-in-error']);
  });

  test('tells what is so once mirrors were waited for, and not what was before', async () => {
    const lab = await DeployedLab.start({ topics: ['orders'] });
    const target = lab.member('secondary').clusterId;
    const { id } = await lab.cloud.perform((state) => addFault(state, { kind: 'replication-held', target }));
    await produced(lab, 'primary', 2000);
    const telling = said('status', '--outputs', outputsOf(lab), '--json');
    // The second look is of a mirror that is waited for.
    while (lab.callsOf('secondary', 'GET', '/mirrors').length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await lab.cloud.perform((state) => removeFault(state, id));
    await lab.wait(2000);
    const { code, stdout } = await telling;
    const { well, loss, topics } = JSON.parse(stdout) as PairStatus;
    expect([code, well, loss, topics[0].lag.records]).toEqual([0, true, 0, 0]);
  });

  test('has exit code 4 after a failover, and warns of Terraform', async () => {
    const lab = await DeployedLab.start({ topics: 2 });
    await failOver(lab);
    const { code, stdout } = await said('status', '--outputs', outputsOf(lab));
    expect(code).toBe(4);
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/2 topics \(t0000, t0001\) have been failed over, and nothing follows\./);
    expect(text).toMatch(
      /Next: npx confluent-dr lab exec -- npx confluent-dr failback --planned --dry-run --outputs \S+$/,
    );
    expect(text).toMatch(/destroy: 1 remark /);
  });

  test('tells of a member that is away, and of the other one all the same', async () => {
    const lab = await DeployedLab.start();
    const outputs = outputsOf(lab, { primarySecret: 'wrong' });
    const { code, stdout } = await said('status', '--outputs', outputs, '--json');
    const { members } = JSON.parse(stdout) as PairStatus;
    expect(documentProblems('status', JSON.parse(stdout))).toEqual([]);
    expect([code, members.primary.presence, members.secondary.presence]).toEqual([4, 'declines', 'answers']);
  });

  test('watches until its time is over, and tells changes in lines', async () => {
    const change = /\n\d{4}-\S+Z orders: .* → failed over to the secondary\n/;
    const watched = async (timeout: string) => {
      const lab = await DeployedLab.start({ topics: ['orders'] });
      let over = false;
      const words = ['--watch', '--interval', '0.05s', '--timeout', timeout];
      const watching = said('status', '--outputs', outputsOf(lab), ...words).finally(() => (over = true));
      while (lab.callsOf('secondary', 'GET', '/mirrors').length < 2 && !over) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await failOver(lab);
      return { lab, ...(await watching) };
    };
    let seen = await watched('1s');
    // A machine with much to do may not come to the failover in that time.
    for (const longer of ['5s', '20s', '60s']) {
      seen = change.test(seen.stdout) ? seen : await watched(longer);
    }
    const { lab, code, stdout } = seen;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d{4}-\S+Z The primary serves\./);
    expect(stdout).toMatch(change);
    expect(stdout.match(/The primary serves/g)).toHaveLength(1);
    expect(lab.callsOf('secondary', 'GET', '/consumer-groups')).toEqual([]);
  });

  test.each(['once', 'watched'])('tells that the proxy blocks the member that serves, %s', async (how) => {
    const outputs = outputsOf(await DeployedLab.start({ topics: ['orders'] }));
    const watched = async (folder: string) => {
      const { watching, died } = watch('--from', folder);
      const { calls } = jest.spyOn(console, 'log').mock;
      await eventually(() => calls.length, Boolean, { what: 'a look', died });
      process.emit('SIGINT');
      return watching;
    };
    const { stdout } = await whileBlocked(outputs, (folder) =>
      how === 'once' ? said('status', '--from', folder) : watched(folder),
    );
    const text = stdout.replace(/\s+/g, ' ');
    expect(text).toMatch(/The primary serves, and by its last report the proxy blocks its clients: reject\./);
    expect(text).not.toMatch(/All is well/);
  });

  test('draws anew on a terminal', async () => {
    const outputs = outputsOf(await DeployedLab.start({ topics: ['orders'] }));
    const restore = fakeTerminal(process.stdout);
    try {
      const { watching, died } = watch('--outputs', outputs, '--interval', '0.1s');
      const { calls } = jest.spyOn(process.stdout, 'write').mock;
      await eventually(
        () => calls.filter(([text]) => String(text).includes('Ctrl-C ends it')).length,
        (draws) => draws >= 2,
        { what: 'a second drawing', died },
      );
      // The reader goes away, which ends it.
      process.stdout.emit('error', new Error('EPIPE'));
      const { code, stdout } = await watching;
      const draws = stdout.split('\u001b[H\u001b[2J\u001b[3J').slice(1);
      expect(code).toBe(0);
      expect(draws.length).toBeGreaterThan(1);
      expect(draws.every((draw) => /The primary serves[^]*Ctrl-C ends it/.test(draw))).toBe(true);
    } finally {
      restore();
    }
  });

  test('ends a watch by Ctrl-C with 0, and refuses to watch as JSON', async () => {
    const lab = await DeployedLab.start({ topics: ['orders'] });
    const { watching, died } = watch('--outputs', outputsOf(lab));
    await eventually(() => lab.callsOf('secondary', 'GET', '/mirrors').length, Boolean, { what: 'a look', died });
    process.emit('SIGINT');
    expect((await watching).code).toBe(0);
    expect((await said('status', '--watch', '--json')).code).toBe(2);
  });
});

test('a watch in a process of its own ends by Ctrl-C with 0', async () => {
  const lab = await DeployedLab.start({ topics: ['orders'] });
  const tool = ['--require', TYPESCRIPT_HOOK, join(__dirname, '../../src/cli/main.ts')];
  const words = ['status', '--outputs', outputsOf(lab), '--watch', '--interval', '0.1s'];
  const watch = new Program(spawn(process.execPath, [...tool, ...words], { stdio: ['ignore', 'pipe', 'pipe'] }), 'it');
  await eventually(
    () => watch.said,
    (said) => said.includes('All is well'),
    { what: 'a look', died: watch.died },
  );
  watch.child.kill('SIGINT');
  const { code } = await watch.ended();
  expect([code, watch.said.match(/The primary serves\./g)?.length]).toEqual([0, 1]);
});

const topicOf = (topic: string, told: Partial<TopicStatus> = {}): TopicStatus => ({
  topic,
  situation: { kind: 'replicating', active: 'primary' },
  serving: 'primary',
  stands: 'steady',
  sides: { primary: 'topic', secondary: 'ACTIVE' },
  lag: { topic, kind: 'measured', mirrorOn: 'secondary', records: 0, partitions: [] },
  reasons: [],
  ...told,
});

const AWAY =
  'GET https://pkc-1.example/kafka/v3/clusters/lkc-aaaaa/links/-/mirrors: no answer in time; the service hangs.';
const remark = (topic: string) => ({ topic, code: 'other-unseen', on: 'primary' }) as const;

const STATUS: PairStatus = {
  well: false,
  serving: 'mixed',
  members: {
    primary: {
      clusterId: 'lkc-aaaaa',
      dataPlane: { kind: 'timeout', cause: AWAY },
      presence: 'away',
      link: { kind: 'unknown', cause: AWAY },
      route: { host: 'pkc-1.example', way: 'dns', addresses: [] },
      exporters: { kind: 'unknown', cause: AWAY },
    },
    secondary: {
      clusterId: 'lkc-bbbbb',
      dataPlane: { kind: 'answers' },
      presence: 'answers',
      link: {
        kind: 'link',
        name: 'active-passive-test',
        linkId: 'x',
        state: 'UNAVAILABLE',
        paused: false,
        tasks: [
          { name: 'AclSync', state: 'LINK_UNAVAILABLE', errors: [] },
          { name: 'ConsumerOffsetSync', state: 'LINK_UNAVAILABLE', errors: [] },
        ],
      },
      route: { host: 'pkc-2.example', way: 'dns', addresses: ['198.51.100.4', '198.51.100.5'] },
      exporters: { kind: 'known', exporters: [{ name: 'secondary-exporter', state: 'PAUSED' }] },
    },
  },
  topics: [
    topicOf('payments', {
      situation: { kind: 'stopping', on: 'secondary' },
      serving: 'unknown',
      stands: 'stopping the mirror on the secondary',
      sides: { primary: 'unknown', secondary: 'PENDING_STOPPED' },
      lag: { topic: 'payments', kind: 'unknown', partitions: [] },
      reasons: ['cannot reach the source'],
    }),
    ...Array.from({ length: 7 }, (_, index) => topicOf(`orders-${index}`)),
  ],
  moves: {
    primary: {
      to: 'primary',
      may: 'no',
      remarks: [{ topic: 'payments', code: 'not-told', on: 'primary' }],
    },
    secondary: { to: 'secondary', may: 'with-care', remarks: [remark('payments'), remark('orders-0')] },
  },
  groups: Array.from({ length: 6 }, (_, index) => ({
    group: `billing-${index}`,
    topic: 'orders-0',
    lag: index === 0 ? {} : { primary: 3, secondary: 5 },
    ...(index > 0 && { readAgain: 2 }),
    partitions: [],
  })),
  untold: [{ code: 'offsets-not-told', on: 'secondary', names: ['a'], told: 'forbidden' }],
  controlPlane: { kind: 'fails', code: 'away', detail: 'HTTP 503' },
  terraform: {
    plan: [
      { code: 'refresh-away', on: 'primary', topics: [], told: 'timeout' },
      { code: 'mirror-unreadable', on: 'secondary', topics: ['payments'], told: 'SOURCE_UNAVAILABLE' },
    ],
    destroy: [],
  },
  outages: [{ on: 'primary', clusterId: 'lkc-aaaaa', since: '2026-01-02T03:04:05.678Z', records: 41 }],
  next: { because: 'member-away', on: 'primary', command: ['failover', '--unplanned'] },
  targets: { records: 1000, timeMs: 30_000 },
  unmirrored: [{ name: 'forgotten', on: ['primary', 'secondary'] }],
  concerns: [
    { code: 'unmirrored', topics: ['forgotten'] },
    { code: 'member-away', on: 'primary', told: 'timeout' },
  ],
};

describe('what a status says', () => {
  test('is described by its schema', () => {
    expect(documentProblems('status', JSON.parse(JSON.stringify(STATUS)))).toEqual([]);
    expect(documentProblems('status', { ...STATUS, serving: 'somebody' })).not.toEqual([]);
  });

  test.each([60, 80, 120])('is one screen of %i columns, however many topics there are', (width) => {
    const names = Array.from({ length: 500 }, (_, index) => `a-topic-with-a-long-name-${index}`);
    const many = { ...STATUS, topics: names.map((name) => topicOf(name)) };
    const concerns = OWN_CONCERN_CODES.map((code) => ({ code, on: 'primary', topics: names, told: AWAY }) as const);
    const lines = statusText({ ...many, concerns }, false, PLACE, { width, paint: PLAIN }).split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.at(-1)).toBe('Next: npx confluent-dr failover --unplanned');
  });

  test('tells where the clients of each topic go, where topics are not served alike', () => {
    const topics = [
      ...Array.from({ length: 49 }, (_, index) => topicOf(`moved-${index}`, { serving: 'secondary' })),
      topicOf('left', { serving: 'nobody' }),
    ];
    const text = (serving: PairStatus['serving']): string =>
      statusText({ ...STATUS, serving, topics }, false, PLACE, { width: 140, paint: PLAIN });
    expect(text('mixed')).toMatch(
      /^clients +of 49 topics on the secondary, of 1 topic on neither now; --all names them$/m,
    );
    expect(text('secondary')).toMatch(/^clients +not on the primary, with care on the secondary$/m);
  });

  test.each([60, 140])('fits %i columns', (width) => {
    const text = statusText(STATUS, true, PLACE, { width, paint: PLAIN });
    const longestWord = Math.max(...text.split(/\s+/).map(({ length }) => length));
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(
      Math.max(width, longestWord + 2),
    );
    expect(text).toMatchSnapshot();
  });

  test.each(['primary', 'secondary', 'both', 'nobody', 'mixed', 'unknown'] as const)(
    'names who serves: %s',
    (serving) => {
      const [first] = statusText({ ...STATUS, serving, outages: [] }, false, PLACE, { width: 140, paint: PLAIN }).split(
        '\n',
      );
      expect(first).toMatchSnapshot();
    },
  );
});
