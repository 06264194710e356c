import { readFileSync } from 'node:fs';
import { fileOf, outputsOf, removeFiles, said } from '../report/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

/** The outputs of a deployment that is no lab's: nothing of it is there. */
function real(canaryTopic?: string): string {
  const member = (name: string, id: string): object => ({
    cluster_id: `lkc-${id}`,
    rest_endpoint: `https://pkc-${id}.invalid:443`,
    bootstrap_endpoint: `pkc-${id}.invalid:9092`,
    kafka_api_key: 'key',
    kafka_api_secret: `secret-of-${name}`,
  });
  const value = {
    primary: member('primary', '11111'),
    secondary: member('secondary', '22222'),
    link_name: 'link',
    topics: ['orders'],
    ...(canaryTopic !== undefined && { canary_topic: canaryTopic }),
  };
  return fileOf(JSON.stringify({ runbook: { sensitive: true, value } }));
}

describe('confluent-dr canary refuses, before anything is sent,', () => {
  test('a topic of a real deployment that is not meant for it', async () => {
    for (const words of [['--topic', 'orders'], ['--topic', 'mycanaryish'], []]) {
      const { code, stderr } = await said('canary', '--outputs', real(), ...words);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(
          /received (the topic \w+|no topic); allowed is a mirrored topic that is meant for it: .*canaryTopic/,
        ),
      ]);
    }
  });

  test.each([
    ['the one that the deployment names', ['--topic', 'heartbeat'], 'heartbeat'],
    ['that one where no other is given', [], 'heartbeat'],
    ['one that is called so', ['--topic', 'dr-canary'], undefined],
  ])('but not %s', async (_, words, named) => {
    const { code, stderr } = await said('canary', '--outputs', real(named), ...words);
    // The pair is looked at, which is not there.
    expect([code, stderr]).toEqual([3, expect.stringMatching(/nothing was done: .*cannot be told/)]);
  });

  test('a topic that is not mirrored', async () => {
    const lab = await DeployedLab.start({ topics: ['orders'] });
    const { code, stderr } = await said('canary', '--outputs', outputsOf(lab), '--topic', 'nothing-such');
    expect([code, stderr]).toEqual([3, expect.stringMatching(/the topic nothing-such is not mirrored \(missing\)/)]);
  });

  test('the way through a proxy that is not there', async () => {
    const { code, stderr } = await said('canary', '--outputs', real(), '--topic', 'dr-canary', '--way', 'proxy');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/received --way proxy, and the deployment has no proxyAddress/),
    ]);
  });

  test.each([
    ['--rate', '0'],
    ['--rate', '1e9'],
    ['--rate', 'fast'],
    ['--for', '0s'],
    ['--group', 'a b'],
    ['--topic', '../x'],
    ['--topic', '..'],
    ['--way', 'around'],
    ['--late-after', '-1s'],
    ['--set', 'canaryTopic=a topic'],
    ['--set', 'canaryTopic=..'],
  ])('%s %s', async (option, value) => {
    const { code, stderr } = await said('canary', '--outputs', real('heartbeat'), option, value);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/[Aa]llowed/)]);
  });

  test.each(['../x', '.'])('--canary-topic %s of a drill that only shows what it would do', async (topic) => {
    const words = ['drill', '--outputs', real('heartbeat'), '--canary', '--dry-run', '--canary-topic', topic];
    const { code, stderr } = await said(...words);
    expect([code, stderr]).toEqual([2, expect.stringContaining("and neither '.' nor '..'")]);
  });

  test('secrets as options', async () => {
    const { code } = await said('canary', '--outputs', real('heartbeat'), '--set', 'primary.kafkaSecret=hush');
    expect(code).toBe(2);
  });
});

describe('an error about the canary names the options of the command that it runs under:', () => {
  /** Without an address of a proxy. */
  async function lab(): Promise<string> {
    const deployed = JSON.parse(readFileSync(outputsOf(await DeployedLab.start({ topics: ['orders'] })), 'utf8')) as {
      runbook: { value: { proxy_public_ip?: string } };
    };
    delete deployed.runbook.value.proxy_public_ip;
    return fileOf(JSON.stringify(deployed));
  }

  test.each([
    ['canary', ['canary'], '--'],
    ['drill', ['drill', '--canary', '--no-toggle', '--yes'], '--canary-'],
  ])('%s', async (_, words, flag) => {
    const outputs = ['--outputs', await lab()];
    const journal = words[0] === 'drill' ? ['--journal', fileOf('')] : [];
    const way = await said(...words, ...outputs, ...journal, `${flag}way`, 'proxy');
    expect([way.code, way.stderr]).toEqual([
      2,
      expect.stringMatching(new RegExp(`received ${flag}way proxy, and .*, or ${flag}way direct\\.`)),
    ]);
    const there = fileOf('of somebody');
    const log = await said(...words, ...outputs, ...journal, `${flag}log`, there);
    expect([log.code, log.stderr]).toEqual([
      2,
      expect.stringMatching(new RegExp(`confluent-dr: ${flag}log ${there} cannot be made: EEXIST`)),
    ]);
    expect(readFileSync(there, 'utf8')).toBe('of somebody');
  });
});
