import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { type Journal } from '../../src/drill/journal';
import { fileOf, outputsOf, removeFiles, said } from '../report/status/support/command';
import { closeDeployedLabs, DeployedLab, type DeployedLabOptions } from '../support/deployed-lab';
import { faulty, operationsOn, produced, statesOf } from '../support/operating-lab';
import { documentProblems } from '../support/output-schema';
import '../support/short-pauses';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

/** A lab whose time runs fifty times as fast as the machine's. */
const running = (options: DeployedLabOptions = {}): Promise<DeployedLab> =>
  DeployedLab.start({ topics: ['orders', 'payments'], rate: 50, ...options });

async function drilled(lab: DeployedLab, ...words: string[]) {
  const file = fileOf('');
  const told = await said('drill', '--outputs', outputsOf(lab), '--no-toggle', '--journal', file, ...words);
  return { ...told, file, journal: JSON.parse(readFileSync(file, 'utf8') || 'null') as Journal };
}

describe('confluent-dr drill', () => {
  test('goes there and back, and leaves every request, state and time', async () => {
    const lab = await running();
    const { code, stdout, journal, file } = await drilled(lab, '--yes');
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^The drill is done, in \d+ s: the primary serves, and the secondary follows it\./),
    ]);
    expect(await statesOf(lab)).toEqual(['STOPPED/ACTIVE', 'STOPPED/ACTIVE']);
    expect([journal.status, journal.deviated]).toEqual(['completed', false]);
    expect(documentProblems('drill', journal)).toEqual([]);
    expect(journal.questions.map(({ by, answer }) => [by, answer])).toEqual([
      ['option', true],
      ['option', true],
      ['option', true],
      ['option', true],
    ]);
    expect(journal).toMatchObject({ targets: { lost: 1000 }, actuals: { lost: 0, discarded: 0 } });
    expect(journal.not_proven).toEqual([expect.stringContaining('--no-toggle')]);
    expect(stdout).toContain('Not proven. The proxy was left alone (--no-toggle)');
    const failover = journal.run.find(({ activity }) => activity.name === 'failover')!;
    expect(failover.activity.provider).toEqual({
      type: 'process',
      path: 'confluent-dr',
      arguments: 'failover --planned',
    });
    expect(failover.output.result).toMatchObject({ result: 'done', procedure: 'planned' });
    const posts = failover.output.requests.filter(({ method }) => method === 'POST');
    // It is validated first, then done.
    expect(posts.map(({ url }) => new URL(url).searchParams.get('validate_only'))).toEqual(['true', 'false']);
    expect(posts[0]).toMatchObject({
      type: 'attempt',
      status: 200,
      url: expect.stringMatching(/reverse-and-st/) as string,
    });
    expect(failover.output.states.at(-1)!.topics).toEqual({ orders: 'switched over', payments: 'switched over' });
    const secrets = (['primary', 'secondary'] as const).map((role) => lab.member(role).kafka.secret);
    secrets.forEach((secret) => expect(readFileSync(file, 'utf8')).not.toContain(secret));
  });

  test('unplanned, discards what only the primary has when that was agreed to', async () => {
    const lab = await running();
    const { code, journal } = await drilled(lab, '--unplanned', '--discard', '--yes');
    expect([code, journal.status]).toEqual([0, 'completed']);
    expect(operationsOn(lab, 'secondary')).toEqual(['failover']);
    expect(operationsOn(lab, 'primary')).toEqual(['truncate-and-restore', 'reverse-and-start-mirror']);
  });

  test('of 500 topics has a journal of less than 200 KB', async () => {
    const lab = await running({ topics: 500, partitions: 1 });
    const { code, file, journal } = await drilled(lab, '--unplanned', '--discard', '--yes', '--json');
    expect([code, journal.status]).toEqual([0, 'completed']);
    expect(readFileSync(file).length).toBeLessThan(200_000);
    expect(documentProblems('drill', journal)).toEqual([]);
  });

  test.each([
    [
      ['--target-rto', '5m', '--target-rpo', '0'],
      'received --target-rto and --target-rpo without --canary, which measures it; add --canary.',
    ],
    [
      ['--canary', '--target-rpo', 'none'],
      'Allowed is a number of records, such as 0 or 100, or a duration, such as 5s.',
    ],
    [['--canary', '--target-rto', '0'], 'Allowed is a duration of up to a day, such as 90s, 5m or 1h.'],
    [['--canary', '--canary-rate', '0'], 'Allowed is a number of records a second, more than 0'],
  ])('refuses %p before anything is begun', async (words, told) => {
    const lab = await running();
    const { code, stderr } = await drilled(lab, '--yes', ...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining(told)]);
  });

  test('tells how long clients of applications were without a member, by what they log meanwhile', async () => {
    const lab = await running();
    const log = fileOf('');
    const timer = setInterval(() => {
      const line = { client: 'orders', version: '4.3.1', time: new Date().toISOString() };
      ['acknowledged', 'consumed'].forEach((event) => appendFileSync(log, `${JSON.stringify({ ...line, event })}\n`));
    }, 20);
    try {
      const { code, stdout, stderr, journal } = await drilled(lab, '--yes', '--clients-log', log);
      expect([code, documentProblems('drill', journal)]).toEqual([0, []]);
      expect(journal.clients).toMatchObject({ logs: [{ path: log }] });
      const [seen, ...others] = journal.clients!.seen!;
      expect([seen, others]).toMatchObject([{ client: 'orders', version: '4.3.1' }, []]);
      for (const { fault, acknowledged_after: acknowledged, consumed_after: consumed } of [
        seen.failover!,
        seen.failback!,
      ]) {
        expect(fault.kind).toBe('switch-over');
        expect(Math.min(acknowledged!, consumed!)).toBeGreaterThanOrEqual(0);
      }
      expect(stderr).toContain('clients: all that worked before work on the secondary, by their logs');
      expect(stdout.replace(/\s+/g, ' ')).toMatch(
        /orders 4\.3\.1: from when the failover was begun, acknowledged after \d+\.\d s and consumed after \d+\.\d s on the secondary; from when the failback was begun, /,
      );
    } finally {
      clearInterval(timer);
    }
  });

  test('refuses a log of clients that is none before anything is begun', async () => {
    const lab = await running();
    const wrong = await drilled(lab, '--yes', '--clients-log', fileOf('acknowledged at noon\n'));
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(
        /--clients-log \S+, line 1: received acknowledged at noon .*Allowed is \{"client":"orders"/,
      ),
    ]);
    const none = await drilled(lab, '--yes', '--clients-log', 'no-such-file');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--clients-log no-such-file cannot be read')]);
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('--dry-run says in its first line where it would end', async () => {
    const lab = await running({ acls: false });
    const { code, stdout } = await said('drill', '--outputs', outputsOf(lab), '--no-toggle', '--dry-run');
    const [first] = stdout.split('\n');
    expect([code, first]).toEqual([0, 'The drill would begin, and end at the failover, which would be refused.']);
    expect(stdout).toContain('would be refused: A reversal needs ACLs that are missing');
  });

  test('does nothing where the pair is not steady', async () => {
    const lab = await running();
    await faulty(lab, { kind: 'refused', target: lab.member('secondary').clusterId });
    const { code, stdout, journal } = await drilled(lab, '--yes', '--timeout', '5s');
    expect([code, journal.status, journal.run]).toEqual([3, 'failed', []]);
    expect(documentProblems('drill', journal)).toEqual([]);
    expect(stdout).toMatch(/^The pair is not steady: nothing was begun\./);
  });

  test('ends on the way where a mirror is stuck, and tells how to go back', async () => {
    const lab = await running();
    await produced(lab, 'primary', 3);
    await lab.wait(1000);
    await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
    const { code, stdout, journal } = await drilled(lab, '--yes', '--timeout', '2s');
    expect([code, journal.status]).toEqual([4, 'aborted']);
    expect(stdout).toMatch(/^The drill ended in failover, which did not succeed\./);
    expect(stdout).toMatch(/^Different from before: 2 topics \(orders, payments\), reversing to the secondary\.$/m);
    expect(stdout).toMatch(
      /Or leave it, and go back, one after the other:\n {2}\$ npx confluent-dr .*status --outputs \S+\n {2}\$ npx confluent-dr .*failback --outputs \S+$/,
    );
    expect(journal.run.at(-1)).toMatchObject({
      status: 'failed',
      exception: ['Not there within the time limit: the secondary is active for 0 of 2 topics.'],
    });
  });

  test('says what was not agreed to, and by which option it is', async () => {
    const lab = await running({ acls: false });
    const { code, stdout, journal } = await drilled(lab, '--yes', '--no-input');
    expect([code, journal.status]).toEqual([4, 'aborted']);
    expect(journal.run.at(-1)!.exception).toEqual([
      'Not agreed to: nothing was changed.',
      expect.stringMatching(/^\d+ ACLs are created on the (primary|secondary)\.$/),
      'There is no terminal to ask in. To agree beforehand, give --fix-acls.',
    ]);
    expect(stdout).not.toMatch(/ended as|undefined/);
  });

  test('run again after it ended on the way, goes on from where the clusters are, if that is agreed to', async () => {
    const lab = await running();
    const outputs = outputsOf(lab);
    expect((await said('failover', '--outputs', outputs, '--planned', '--yes')).code).toBe(0);
    // A failover in earnest looks the same.
    const refused = await drilled(lab, '--yes');
    expect([refused.code, refused.journal.run]).toEqual([3, []]);
    expect(refused.stderr.replace(/\s+/g, ' ')).toContain('left of it is: check-moved, status, failback.');
    expect(refused.stderr).toContain('give --resume');
    expect(await statesOf(lab)).toEqual(['ACTIVE/STOPPED', 'ACTIVE/STOPPED']);
    const dry = await said('drill', '--outputs', outputs, '--no-toggle', '--dry-run');
    expect([dry.code, dry.stdout]).toEqual([3, expect.stringMatching(/^The drill would not begin anew/)]);
    const { code, journal, stderr } = await drilled(lab, '--yes', '--resume');
    expect([code, journal.status]).toEqual([0, 'completed']);
    expect(journal.run.map(({ activity }) => activity.name)).toEqual(['check-moved', 'status', 'failback']);
    expect(journal.not_proven).toContainEqual(expect.stringContaining('taken up at check-moved'));
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      `Clients go to the primary: ${lab.member('primary').bootstrapEndpoint.replace('SASL_SSL://', '')}`,
    );
    expect(stderr).toContain('Mirrors lack 0 records.');
    expect(await statesOf(lab)).toEqual(['STOPPED/ACTIVE', 'STOPPED/ACTIVE']);
  });

  test('looks at the deployment in a dry run, and changes nothing', async () => {
    const lab = await running();
    const { code, stdout } = await said('drill', '--outputs', outputsOf(lab), '--dry-run', '--json');
    const json = JSON.parse(stdout) as {
      begins: boolean;
      phases: { name: string; command: string; outlook: string }[];
    };
    expect([code, json.begins, documentProblems('drill', json)]).toEqual([0, true, []]);
    const failover = json.phases.find(({ name }) => name === 'failover')!;
    expect(json.phases.filter(({ command }) => !/^npx confluent-dr .* --outputs \S+$/.test(command))).toEqual([]);
    expect(failover.outlook).toBe(
      'primary and secondary change places: 2 topics (orders, payments); nothing of it is refused now',
    );
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('refuses what would stop it on the way, before it begins', async () => {
    const lab = await running();
    expect(await drilled(lab)).toMatchObject({ code: 3, journal: null });
    const { code, stderr } = await drilled(lab, '--unplanned', '--yes');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/nothing was done.*Give --discard/)]);
    const noFolder = fileOf('');
    const unwritable = await drilled(lab, '--yes', '--journal', `${noFolder}/journal`);
    expect([unwritable.code, unwritable.stderr]).toEqual([2, expect.stringMatching(/--journal \S+ cannot be written/)]);
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('tells its phases in a dry run, and writes nothing', async () => {
    const { code, stdout } = await said('drill', '--dry-run', '--unplanned');
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
    expect(existsSync('drill.json')).toBe(false);
    const json = JSON.parse((await said('drill', '--dry-run', '--json')).stdout) as { phases: { name: string }[] };
    expect(documentProblems('drill', json)).toEqual([]);
    expect(json.phases.map(({ name }) => name)).toContain('unblock');
  });
});
