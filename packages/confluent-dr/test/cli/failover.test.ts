import { removeAcls } from '../../../confluent-dr-lab/src/cloud/kafka/acls';
import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { consume } from '../../../confluent-dr-lab/src/cloud/kafka/traffic';
import { alterLink } from '../../../confluent-dr-lab/src/cloud/linking/links';
import { findSide } from '../../../confluent-dr-lab/src/cloud/linking/lookup';
import { fileOf, removeFiles, said, type Said, whileBlocked } from '../report/status/support/command';
import { closeDeployedLabs, DEPLOYED_LINK, DeployedLab, type DeployedLabOptions } from '../support/deployed-lab';
import { faulty, lose, operationsOn, produced, statesOf } from '../support/operating-lab';
import { documentProblems } from '../support/output-schema';
import { deployedOutputs } from '../support/runbook-output';
import '../support/short-pauses';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

/** A lab whose time runs twenty times as fast as the machine's. */
const running = (options: DeployedLabOptions = {}): Promise<DeployedLab> =>
  DeployedLab.start({ topics: ['orders', 'payments'], rate: 20, ...options });

function tool(lab: DeployedLab, command: string, ...words: string[]): Promise<Said> {
  const outputs = fileOf(JSON.stringify(deployedOutputs(lab)));
  return said(command, '--outputs', outputs, '--no-input', ...words);
}

const ONE_LINE = (text: string): string => text.replace(/\s+/g, ' ');

async function document(lab: DeployedLab, command: 'failover' | 'failback' | 'acl', ...words: string[]) {
  const { code, stdout } = await tool(lab, command, ...words, '--json');
  const parsed = JSON.parse(stdout) as Record<string, unknown>;
  expect(documentProblems(command, parsed)).toEqual([]);
  return { code, document: parsed };
}

describe('where the proxy blocks the primary', () => {
  const blocks = /The primary serves, and by its last report the proxy blocks its clients: reject\./;
  const unblock = /confluent-dr unblock/;

  test('a failback says so, and a failover away from it does not', async () => {
    const lab = await running();
    const outputs = fileOf(JSON.stringify(deployedOutputs(lab)));
    const [there, back, again] = await whileBlocked(outputs, async (folder) => [
      await said('failover', '--from', folder, '--planned', '--yes'),
      await said('failback', '--from', folder, '--yes'),
      await said('failback', '--from', folder, '--yes', '--json'),
    ]);
    expect([there.code, blocks.test(ONE_LINE(there.stdout))]).toEqual([0, false]);
    expect([back.code, blocks.test(ONE_LINE(back.stdout)), unblock.test(back.stdout)]).toEqual([0, true, true]);
    const told = JSON.parse(again.stdout) as object;
    expect(documentProblems('failback', told)).toEqual([]);
    expect(told).toMatchObject({ result: 'done', blocked: 'reject' });
  });
});

describe('confluent-dr failover', () => {
  test('--planned announces, does it, confirms, and says what clients and Terraform are in for', async () => {
    const lab = await running();
    const { code, stdout } = await tool(lab, 'failover', '--planned', '--yes');
    expect(code).toBe(0);
    expect(await statesOf(lab)).toEqual(['ACTIVE/STOPPED', 'ACTIVE/STOPPED']);
    const told = ONE_LINE(stdout);
    const order = [
      'Planned: the secondary becomes active, nothing is lost.',
      '1. On the secondary, make it active and the other member its mirror (reverse-and-start-mirror): 2 topics (orders, payments).',
      'Clients have to move.',
      'The secondary accepted reverse-and-start-mirror of 2 topics (orders, payments).',
      'Done: the secondary is active for 2 topics (orders, payments).',
      `Clients may work on the secondary: ${lab.member('secondary').bootstrapEndpoint.replace('SASL_SSL://', '')}`,
      'Before the next destroy: On the secondary, 2 topics (orders, payments) are active',
    ].map((text) => told.indexOf(text));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order).not.toContain(-1);
  });

  test('without leave does nothing, and names the option that gives it', async () => {
    const lab = await running();
    const { code, stdout } = await tool(lab, 'failover', '--planned');
    expect(code).toBe(3);
    expect(ONE_LINE(stdout)).toContain(
      'Not agreed to: nothing was changed. There is no terminal to ask in. To agree beforehand, give --yes.',
    );
    const { document: json } = await document(lab, 'failover', '--planned');
    expect(json).toMatchObject({ result: 'declined', declined: { kind: 'switch-over', option: '--yes' } });
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('--dry-run changes nothing, and tells what the service would say', async () => {
    const lab = await running();
    const { code, stdout } = await tool(lab, 'failover', '--dry-run');
    expect(code).toBe(0);
    expect(ONE_LINE(stdout)).toContain('Proposed because: The primary answers');
    expect(ONE_LINE(stdout)).toContain('asked to validate reverse-and-start-mirror, would accept it.');
    expect(operationsOn(lab, 'secondary')).toEqual([]);
    const { document: json } = await document(lab, 'failover', '--dry-run');
    expect(json).toMatchObject({ dryRun: true, result: 'plan', previews: [{ refused: [], discarded: [] }] });
  });

  test('--dry-run tells what many topics lack once, on one screen, and names the option that cures it', async () => {
    const lab = await running({ topics: 50, partitions: 1, acls: false });
    const { code, stdout } = await tool(lab, 'failover', '--planned', '--dry-run');
    expect(code).toBe(3);
    expect(stdout.split('\n').length).toBeLessThan(24);
    expect(ONE_LINE(stdout)).toMatch(/^Would be refused: nothing would be done\. Refused \(acls-missing\), 50 topics /);
    expect(ONE_LINE(stdout)).toContain('→ Let this command create them: --fix-acls.');
    expect(ONE_LINE(stdout)).not.toContain('operation-refused');
  });

  test('--dry-run tells the first of what is refused of each topic for a reason of its own', async () => {
    const lab = await running({ topics: 9, partitions: 1 });
    const target = lab.member('secondary').clusterId;
    for (const topic of lab.topics) {
      await faulty(lab, { kind: 'mirror-refused', target, topic, code: 40_001, message: `of ${topic}` });
    }
    const { code, stdout } = await tool(lab, 'failover', '--planned', '--dry-run');
    expect(code).toBe(3);
    expect(stdout.match(/^Refused \(operation-refused\)/gm)).toHaveLength(6);
    expect(stdout).toContain('\n… and 3 more; --json tells them all.\n');
  });

  test('tells of clients on the side that gives up, and with --drain is refused for them', async () => {
    const lab = await running({ timing: { groupSessionMs: 1e9 } });
    await produced(lab, 'primary', 5);
    await lab.cloud.perform((state) => {
      consume(state, findKafkaCluster(state, lab.member('primary').clusterId), 'orders', 'billing', 2);
    });
    const seen = 'Consumer group billing (STABLE), 3 records not read: topic orders.';
    const refused = await tool(lab, 'failover', '--planned', '--yes', '--drain', '1s');
    expect(refused.code).toBe(3);
    expect(ONE_LINE(refused.stdout)).toContain(seen);
    expect(ONE_LINE(refused.stdout)).toContain('Refused, as clients are not quiet: nothing was changed.');
    const dry = await tool(lab, 'failover', '--dry-run');
    expect([dry.code, ONE_LINE(dry.stdout)]).toEqual([
      0,
      expect.stringContaining(`${seen} A run would say so, and go on`),
    ]);
    expect(operationsOn(lab, 'secondary')).toEqual([]);
    const { code, document: json } = await document(lab, 'failover', '--planned', '--yes');
    expect([code, json]).toMatchObject([0, { traffic: { groups: [{ group: 'billing', unread: 3 }] } }]);
  });

  test('--unplanned tells the loss in words and as JSON, and keeps secrets', async () => {
    const lab = await running({ partitions: 1 });
    await faulty(lab, { kind: 'replication-held', target: lab.member('secondary').clusterId });
    await produced(lab, 'primary', 6, 'orders');
    await lab.wait(1000);
    await lose(lab, 'primary');
    const { code, document: json } = await document(lab, 'failover', '--unplanned', '--yes');
    expect(code).toBe(0);
    expect(json).toMatchObject({
      result: 'done',
      lost: [{ topic: 'orders', partition: 0, records: 6 }],
      clients: { to: 'secondary', may: 'with-care' },
    });
    const again = await tool(lab, 'failover', '--unplanned', '--yes');
    expect(again.code).toBe(0);
    expect(ONE_LINE(again.stdout)).toContain('Lost, at least: 6 records that the secondary had not received.');
    expect(JSON.stringify([json, again])).not.toContain(lab.member('secondary').kafka.secret);
    expect(operationsOn(lab, 'secondary')).toEqual(['failover']);
  });

  test('--yes alone does not agree to a loss that nobody named', async () => {
    const lab = await running();
    await lose(lab, 'primary');
    const { code, stdout } = await tool(lab, 'failover', '--yes');
    expect(code).toBe(3);
    expect(ONE_LINE(stdout)).toContain('give --unplanned and --yes');
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('--unplanned while the primary answers is refused with the option that allows it', async () => {
    const lab = await running();
    const { code, stdout } = await tool(lab, 'failover', '--unplanned', '--yes');
    expect(code).toBe(3);
    expect(ONE_LINE(stdout)).toContain('Refused (active-answers), 2 topics (orders, payments): The primary');
    expect(ONE_LINE(stdout)).toContain('agree to that: --although-active-answers.');
    const allowed = await tool(lab, 'failover', '--unplanned', '--yes', '--although-active-answers');
    expect(allowed.code).toBe(0);
    expect(operationsOn(lab, 'secondary')).toEqual(['failover']);
  });

  test('--fix-acls creates what is missing; without it the refusal names it', async () => {
    const lab = await running({ acls: false });
    const refused = await tool(lab, 'failover', '--planned', '--yes');
    expect(refused.code).toBe(3);
    expect(ONE_LINE(refused.stdout)).toContain('Refused (acls-missing), 2 topics (orders, payments):');
    expect(ONE_LINE(refused.stdout)).toContain('Let this command create them: --fix-acls.');
    const { code, stdout } = await tool(lab, 'failover', '--planned', '--yes', '--fix-acls');
    expect(code).toBe(0);
    expect(stdout).toContain('Created on the primary: READ on TOPIC orders');
  });

  test('in part has exit code 4, and names what is not there', async () => {
    const lab = await running();
    const target = lab.member('secondary').clusterId;
    await faulty(lab, { kind: 'mirror-refused', target, topic: 'payments', code: 400, message: 'Not this one.' });
    const { code, document: json } = await document(lab, 'failover', '--planned', '--yes', '--partial');
    expect(code).toBe(4);
    expect(json).toMatchObject({ result: 'hindered', obstacles: [{ topic: 'payments', code: 'operation-refused' }] });
  });

  test('without --partial it is all or nothing, and the dry run says so first', async () => {
    const lab = await running();
    const target = lab.member('secondary').clusterId;
    await faulty(lab, { kind: 'mirror-refused', target, topic: 'payments', code: 400, message: 'Not this one.' });
    const dry = await tool(lab, 'failover', '--planned', '--dry-run');
    expect(dry.code).toBe(3);
    expect(dry.stdout).toMatch(/^Would be refused, for 1 topic: nothing would be done\.\n/);
    expect(ONE_LINE(dry.stdout)).toContain(
      'topic payments: The secondary refuses reverse-and-start-mirror: Not this one.',
    );
    const partly = await document(lab, 'failover', '--planned', '--dry-run', '--partial');
    expect(partly).toMatchObject({ code: 4, document: { verdict: 'in-part', obstacles: [{ topic: 'payments' }] } });
    const { code, stdout } = await tool(lab, 'failover', '--planned', '--yes');
    expect(code).toBe(3);
    expect(stdout).toContain('Refused: nothing was changed.');
    expect(operationsOn(lab, 'secondary')).toEqual([]);
    expect(await statesOf(lab)).toEqual(['topic/ACTIVE', 'topic/ACTIVE']);
  });

  test('that does not come to its end has exit code 4, and tells what is under way', async () => {
    const lab = await running();
    await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
    const { code, stdout } = await tool(lab, 'failover', '--planned', '--yes', '--timeout', '1s');
    expect(code).toBe(4);
    expect(ONE_LINE(stdout)).toContain('Under way, and not there yet: reversing to the secondary, 2 topics');
    expect(ONE_LINE(stdout)).toMatch(
      /Before the next plan, apply or destroy of Terraform, this tells what it would meet: \$ \S.* status --all /,
    );
    const status = await said('status', '--outputs', fileOf(JSON.stringify(deployedOutputs(lab))), '--all');
    expect(ONE_LINE(status.stdout)).toContain('PENDING_SYNCHRONIZE, which the provider cannot read');
  });
});

describe('what is in the way is refused with cause and cure', () => {
  test.each<[string, string, DeployedLabOptions, (lab: DeployedLab) => unknown, string[]]>([
    [
      'a paused link',
      'link-paused',
      {},
      (lab) =>
        lab.cloud.perform((state) => {
          const side = findSide(state, lab.member('secondary').clusterId, DEPLOYED_LINK);
          alterLink(side, [{ name: 'cluster.link.paused', value: 'true' }]);
        }),
      [],
    ],
    ['a prefix', 'link-prefix', { linkSettings: { secondary: { 'cluster.link.prefix': 'dr-' } } }, () => undefined, []],
    [
      'a topic on one side only',
      'topic-elsewhere-only',
      {},
      (lab) =>
        lab.cloud.perform((state) => {
          findKafkaCluster(state, lab.member('primary').clusterId).topics.set('lonely', {
            ...findKafkaCluster(state, lab.member('primary').clusterId).topics.get('orders')!,
            name: 'lonely',
          });
        }),
      ['lonely'],
    ],
  ])('%s', async (_, code, options, prepare, more) => {
    const lab = await running(options);
    await prepare(lab);
    const outputs = deployedOutputs(lab);
    (outputs.runbook.value as { topics: string[] }).topics = [...lab.topics, ...more];
    const words = ['failover', '--outputs', fileOf(JSON.stringify(outputs)), '--no-input', '--planned', '--yes'];
    const { code: exit, stdout } = await said(...words, '--json');
    const json = JSON.parse(stdout) as { refusals: { code: string; cause: string; cure: string }[] };
    expect(exit).toBe(3);
    expect(documentProblems('failover', json)).toEqual([]);
    expect(json.refusals.map((refusal) => refusal.code)).toContain(code);
    expect(json.refusals.every(({ cause, cure }) => cause !== '' && cure !== '')).toBe(true);
    expect(operationsOn(lab, 'secondary')).toEqual([]);
  });

  test('wrong keys for one side', async () => {
    const lab = await running();
    const outputs = deployedOutputs(lab);
    (outputs.runbook.value as { primary: { kafka_api_secret: string } }).primary.kafka_api_secret = 'wrong';
    const file = fileOf(JSON.stringify(outputs));
    const { code, stdout } = await said('failover', '--outputs', file, '--no-input', '--yes');
    expect(code).toBe(3);
    expect(ONE_LINE(stdout)).toContain('Refused (member-declines), 2 topics (orders, payments): The primary');
    expect(ONE_LINE(stdout)).toContain('Give the API key of this cluster, or create one that works.');
  });

  test('tasks in error do not stand in the way, and are told', async () => {
    const lab = await running({ linkSettings: { secondary: { 'consumer.offset.sync.enable': 'true' } } });
    const { code, stdout } = await tool(lab, 'failover', '--planned', '--yes');
    expect(code).toBe(0);
    expect(ONE_LINE(stdout)).toContain('Warning: Task ConsumerOffsetSync of link');
  });
});

describe('confluent-dr failback', () => {
  test('after a planned failover turns the pair again', async () => {
    const lab = await running();
    await tool(lab, 'failover', '--planned', '--yes');
    const { code, document: json } = await document(lab, 'failback', '--yes');
    expect(code).toBe(0);
    expect(json).toMatchObject({ result: 'done', target: 'primary', clients: { to: 'primary', may: 'yes' } });
    expect(await statesOf(lab)).toEqual(['STOPPED/ACTIVE', 'STOPPED/ACTIVE']);
  });

  describe('after a disaster', () => {
    async function disaster(): Promise<DeployedLab> {
      const lab = await running({ partitions: 1 });
      const bring = await lose(lab, 'primary');
      await produced(lab, 'primary', 7, 'orders');
      await tool(lab, 'failover', '--unplanned', '--yes');
      await bring();
      await lab.wait(1000);
      return lab;
    }

    test('shows what would be discarded, and does not discard it unasked', async () => {
      const lab = await disaster();
      const { code, stdout } = await tool(lab, 'failback', '--yes');
      expect(code).toBe(3);
      expect(ONE_LINE(stdout)).toContain('topic partition records orders 0 7');
      expect(ONE_LINE(stdout)).toContain('To agree beforehand, give --discard.');
      expect(operationsOn(lab, 'primary')).toEqual([]);
    });

    test('--discard lets the primary follow, then turns the pair, and tells what was discarded', async () => {
      const lab = await disaster();
      const { code, document: json } = await document(lab, 'failback', '--yes', '--discard');
      expect(code).toBe(0);
      expect(json).toMatchObject({ result: 'done', discarded: [{ topic: 'orders', partition: 0, records: 7 }] });
      expect(operationsOn(lab, 'primary')).toEqual(['truncate-and-restore', 'reverse-and-start-mirror']);
    });
  });
});

describe('confluent-dr acl', () => {
  test('tells what is missing, creates exactly that, and has nothing to do the second time', async () => {
    const lab = await running();
    await lab.cloud.perform((state) => {
      removeAcls(findKafkaCluster(state, lab.member('primary').clusterId), {
        operation: 'READ',
        resourceName: 'orders',
      });
    });
    const before = await tool(lab, 'acl');
    expect(before.code).toBe(4);
    expect(before.stdout).toContain('5 of 6 ACLs that a reversal needs are there');
    expect(before.stdout).toContain('missing  READ on topic orders');
    const dry = await document(lab, 'acl', '--fix', '--dry-run');
    expect(dry).toMatchObject({ code: 4, document: { created: [] } });
    const fixed = await document(lab, 'acl', '--fix', '--yes');
    expect(fixed).toMatchObject({ code: 0, document: { created: [{ on: 'primary', acl: 'READ on TOPIC orders' }] } });
    expect(await document(lab, 'acl', '--fix', '--yes')).toMatchObject({ code: 0, document: { created: [] } });
    expect(lab.callsOf('primary', 'POST', '/acls')).toHaveLength(1);
  });
});

describe('the examples of the help', () => {
  afterEach(() => {
    delete process.env.CONFLUENT_DR_OUTPUTS;
  });

  test.each(['failover', 'failback', 'acl'])('of %s are taken as they stand', async (command) => {
    const { stdout } = await said(command, '--help');
    const examples = [...stdout.matchAll(/^ +\$ confluent-dr (.*)$/gm)].map(([, words]) => words.split(' '));
    expect(examples.length).toBeGreaterThan(1);
    for (const words of examples) {
      const lab = await running();
      process.env.CONFLUENT_DR_OUTPUTS = fileOf(JSON.stringify(deployedOutputs(lab)));
      const { code } = await said(...words);
      // The lab's pair is at work: there is nothing to fail back, and no outage for what is unplanned.
      expect([words, code]).toEqual([words, words.includes('--unplanned') ? 3 : 0]);
    }
  });
});
