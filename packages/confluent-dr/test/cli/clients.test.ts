import { runInNewContext } from 'node:vm';
import { CLIENT_REMARKS, remarkedSettings } from '../../src/proxy/client-remarks';
import { CLIENTS, clientSettings } from '../../src/proxy/rendering';
import { CLIENT_REMARK_WORDS } from '../../src/words/clients';
import { documentProblems } from '../support/output-schema';
import { capturedRun } from './support/captured-run';

const HOSTS = ['pkc-11111.westeurope.azure.confluent.cloud:9092', 'pkc-22222.northeurope.azure.confluent.cloud:9092'];
const SETTINGS = [
  ...['--set', `primary.bootstrapEndpoint=SASL_SSL://${HOSTS[0]}`],
  ...['--set', `secondary.bootstrapEndpoint=${HOSTS[1]}`],
];

interface Document {
  readonly bootstrapServers: readonly string[];
  readonly access?: string;
  readonly clients: readonly { readonly client: string; readonly text: string; readonly remarks: readonly string[] }[];
}

describe('The settings of a client', () => {
  test.each(CLIENTS)('%s name both bootstrap hosts, the primary first, and no secret', (client) => {
    const { text } = clientSettings(client, HOSTS);
    expect(text.indexOf(HOSTS[0])).toBeGreaterThan(0);
    expect(text.indexOf(HOSTS[1])).toBeGreaterThan(text.indexOf(HOSTS[0]));
    expect(text).toContain('CLIENT_API_KEY');
    expect(text).toContain('CLIENT_API_SECRET');
  });

  test('make Java and librdkafka ask both again after five seconds', () => {
    for (const client of ['java', 'librdkafka'] as const) {
      const lines = clientSettings(client, HOSTS).text.split('\n');
      expect(lines).toContain(`bootstrap.servers=${HOSTS.join(',')}`);
      expect(lines).toContain('metadata.recovery.strategy=rebootstrap');
      expect(lines).toContain('metadata.recovery.rebootstrap.trigger.ms=5000');
    }
  });

  test('keep Java’s producers from taking their producer id to another cluster, and records in order', () => {
    const lines = clientSettings('java', HOSTS).text.split('\n');
    expect(lines).toContain('enable.idempotence=false');
    expect(lines).toContain('max.in.flight.requests.per.connection=1');
    expect(lines).toContain('acks=all');
  });

  test('let a send of @platformatic/kafka come to its end, and the next one look for brokers anew', () => {
    const { text } = clientSettings('platformatic', HOSTS);
    expect(text).toMatch(/^ {2}retries: \d+,$/m);
    expect(text).toMatch(/^ {2}metadataMaxAge: 5000,$/m);
  });

  test.each(['kafkajs', 'platformatic'] as const)('are JavaScript that can be run: %s', (client) => {
    const { text } = clientSettings(client, HOSTS);
    class Given {
      constructor(readonly options: Readonly<Record<string, unknown>>) {}
    }
    // The library's class takes the settings as they stand.
    const made = runInNewContext(text, {
      Kafka: Given,
      Producer: Given,
      process: { env: { CLIENT_API_KEY: 'key', CLIENT_API_SECRET: 'secret' } },
    }) as Given;
    expect(made.options.brokers ?? made.options.bootstrapBrokers).toEqual(HOSTS);
    expect(made.options.sasl).toMatchObject({ username: 'key', password: 'secret' });
  });

  test('have words for each remark', () => {
    expect(Object.keys(CLIENT_REMARK_WORDS).sort()).toEqual([...CLIENT_REMARKS].sort());
    const told = new Set(CLIENTS.flatMap((client) => remarkedSettings(client, HOSTS).remarks));
    expect([...told].sort()).toEqual([...CLIENT_REMARKS].sort());
  });
});

describe('confluent-dr clients', () => {
  const documentOf = async (...words: readonly string[]) => {
    const { code, stdout: out } = await capturedRun('clients', ...SETTINGS, '--json', ...words);
    expect([code, documentProblems('clients', JSON.parse(out))]).toEqual([0, []]);
    return JSON.parse(out) as Document;
  };

  test('needs both bootstrap endpoints and no key', async () => {
    const { bootstrapServers, clients, access } = await documentOf();
    expect([bootstrapServers, access]).toEqual([HOSTS, undefined]);
    expect(clients.map(({ client }) => client)).toEqual([...CLIENTS]);
  });

  test('tells of one client, and whom the proxy lets in', async () => {
    const { clients, access } = await documentOf('--client', 'java', '--set', 'activeMember=secondary');
    expect([clients.map(({ client }) => client), access]).toEqual([['java'], 'secondary']);
  });

  test('prints settings that can be copied, and none of the deployment’s secrets', async () => {
    const { code, stdout } = await capturedRun('clients', ...SETTINGS, '--set', 'activeMember=primary');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The proxy lets clients in to the primary alone\.$/m);
    expect(stdout).toContain(`\n  bootstrap.servers=${HOSTS.join(',')}\n`);
    expect(stdout).toContain('password="${env:CLIENT_API_SECRET}";');
    const both = await capturedRun('clients', ...SETTINGS, '--client', 'kafkajs');
    expect(both.stdout).toMatch(/^The proxy lets clients in to both members, or it is not known/);
  });

  test('takes no secret into what it prints, though it knows them', async () => {
    process.env.CONFLUENT_DR_PRIMARY_KAFKA_SECRET = 'never-to-be-seen';
    try {
      const { stdout, stderr } = await capturedRun('clients', ...SETTINGS, '--json');
      expect(stdout + stderr).not.toContain('never-to-be-seen');
    } finally {
      delete process.env.CONFLUENT_DR_PRIMARY_KAFKA_SECRET;
    }
  });

  test('says what is missing', async () => {
    const { code, stderr: errors } = await capturedRun('clients', '--set', `primary.bootstrapEndpoint=${HOSTS[0]}`);
    expect(code).toBe(2);
    expect(errors).toContain('secondary.bootstrapEndpoint is missing');
  });
});
