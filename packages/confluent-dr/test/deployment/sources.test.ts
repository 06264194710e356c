import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnusableDeployment } from '../../src/deployment/deployment';
import { resolveDeployment } from '../../src/deployment/resolve';
import { SETTING_NAMES, variableOf } from '../../src/deployment/settings';
import { type DeploymentSources, readSources } from '../../src/deployment/sources';
import { DOCUMENT, ORIGINAL_OUTPUTS } from './support/outputs';

describe('the sources of a deployment', () => {
  let folder: string;
  let outputs: string;
  let config: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sources-'));
    [outputs, config] = ['outputs.json', 'config.json'].map((name) => join(folder, name));
    writeFileSync(outputs, JSON.stringify(ORIGINAL_OUTPUTS));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = async (sources: DeploymentSources, env: NodeJS.ProcessEnv = {}) =>
    resolveDeployment(await readSources(sources, { env, cwd: folder }));
  const linkOf = async (...given: Parameters<typeof read>) => {
    const { linkName, values } = await read(...given);
    return [linkName, values.find(({ name }) => name === 'linkName')?.origin.kind];
  };

  test('go before each other: options, environment, file, outputs', async () => {
    writeFileSync(config, JSON.stringify({ link_name: 'by-file' }));
    const env = { CONFLUENT_DR_LINK_NAME: 'by-environment' };
    const set = ['linkName=by-option'];
    expect(await linkOf({ outputs })).toEqual(['active-passive-test', 'default']);
    expect(await linkOf({ outputs, config })).toEqual(['by-file', 'file']);
    expect(await linkOf({ outputs, config }, env)).toEqual(['by-environment', 'environment']);
    expect(await linkOf({ outputs, config, set }, env)).toEqual(['by-option', 'option']);
  });

  test('are merged value by value', async () => {
    writeFileSync(config, JSON.stringify({ primary: { rest_endpoint: 'http://127.0.0.1:9000' } }));
    const { members } = await read({ outputs, config });
    expect(members.primary).toMatchObject({ restEndpoint: 'http://127.0.0.1:9000', clusterId: 'lkc-aaaaa' });
  });

  test('may be a file alone, or the environment alone', async () => {
    writeFileSync(config, JSON.stringify({ ...DOCUMENT, cloud_api_key: 'CLOUD', cloud_api_secret: 'secret-of-cloud' }));
    const byFile = await read({ config });
    expect(byFile.cloud).toEqual({ credentials: { key: 'CLOUD', secret: 'secret-of-cloud' } });
    const env = Object.fromEntries(byFile.values.map(({ name, value }) => [variableOf(name), value]));
    const byEnvironment = await read({}, env);
    expect({ ...byEnvironment, values: [] }).toEqual({ ...byFile, values: [] });
  });

  test('take an empty variable for none, and all of a value behind the first =', async () => {
    expect(await linkOf({ outputs }, { CONFLUENT_DR_LINK_NAME: '' })).toEqual(['active-passive-test', 'default']);
    const { topics } = await read({ outputs, set: ['topics=a, b=c,,d'] });
    expect(topics).toEqual(['a', 'b=c', 'd']);
  });

  test.each(SETTING_NAMES.map((name) => [name, variableOf(name)]))('name %s as %s', (_, variable) => {
    expect(variable).toMatch(/^CONFLUENT_DR_((PRIMARY|SECONDARY)_)?[A-Z]+(_[A-Z]+)*$/);
  });

  test('have variables that nobody mistakes for another', () => {
    expect(new Set(SETTING_NAMES.map(variableOf)).size).toBe(SETTING_NAMES.length);
    expect(variableOf('primary.schemaRegistrySecret')).toBe('CONFLUENT_DR_PRIMARY_SCHEMA_REGISTRY_SECRET');
  });

  describe('are refused', () => {
    const refused = async (...given: Parameters<typeof read>): Promise<string> => {
      const error: unknown = await read(...given).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UnusableDeployment);
      return (error as Error).message;
    };

    test('where both outputs and a folder are given', async () => {
      expect(await refused({ outputs, from: folder })).toBe('received both --outputs and --from; give one of them.');
    });

    test('where a file cannot be read', async () => {
      expect(await refused({ outputs: join(folder, 'none') })).toContain('none cannot be read: ENOENT');
      expect(await refused({ outputs, config: folder })).toContain('cannot be read: EISDIR');
    });

    test('where the file has a slip, told by its path', async () => {
      writeFileSync(config, JSON.stringify({ primary: { kafka_secret: 'secret-of-slip' }, linkname: 'x' }));
      const told = await refused({ outputs, config });
      expect(told).toContain('primary: Unrecognized key: "kafka_secret"');
      expect(told).toContain('the document: Unrecognized key: "linkname"');
      expect(told).not.toContain('secret-of-slip');
    });

    test('where the file is no JSON, without a word of it', async () => {
      writeFileSync(config, 'secret-of-file');
      expect(await refused({ outputs, config })).toBe(
        `${config} is no JSON; give it the shape of the output \`runbook\`.`,
      );
    });

    test.each([
      ['linkname=x', /received "linkname"; allowed is <name>=<value> with one of the names primary.environmentId, /],
      ['linkName', /received "linkName" without a value/],
      ['linkName=', /received "linkName"; allowed is/],
    ])('--set %s', async (assignment, message) => {
      expect(await refused({ outputs, set: [assignment] })).toMatch(message);
    });

    test.each(['primary.kafkaSecret', 'secondary.schemaRegistrySecret', 'cloudSecret'] as const)(
      '--set %s, with the way that is safe',
      async (name) => {
        const told = await refused({ outputs, set: [`${name}=hush`] });
        expect(told).toContain(`Give it by the environment variable ${variableOf(name)}`);
        expect(told).not.toContain('hush');
      },
    );

    test('where values are missing, all at once', async () => {
      const told = await refused({});
      expect(told).toContain(
        'primary.clusterId is missing: CONFLUENT_DR_PRIMARY_CLUSTER_ID or --set primary.clusterId=…\n',
      );
      expect(told).toContain('secondary.kafkaSecret is missing: CONFLUENT_DR_SECONDARY_KAFKA_SECRET\n');
      expect(told.match(/is missing/g)).toHaveLength(9);
    });

    test.each([
      [
        'primary.clusterId=pkc-1',
        'primary.clusterId (--set primary.clusterId): received "pkc-1", allowed is an id such as lkc-abc123',
      ],
      ['secondary.clusterId=lkc-AAAAA', 'received "lkc-AAAAA", allowed is an id such as lkc-abc123'],
      ['primary.environmentId=x', 'received "x", allowed is an id such as env-abc123'],
      ['primary.environmentId=env-A', 'received "env-A", allowed is an id such as env-abc123'],
      ['secondary.principal=sa-1', 'received "sa-1", allowed is User: and an id such as sa-abc123'],
      ['secondary.principal=User:sa-A1', 'received "User:sa-A1", allowed is User: and an id such as sa-abc123'],
      ['secondary.principal=User:SA-1', 'received "User:SA-1", allowed is User: and an id such as sa-abc123'],
      ['primary.schemaRegistryId=lsrc-A', 'received "lsrc-A", allowed is an id such as lsrc-abc123'],
      ['primary.restEndpoint=http://pkc-1.a.b:443', 'would send the API key in clear'],
      ['primary.restEndpoint=https://a.b/kafka', 'has a path; give https://a.b alone'],
      ['primary.schemaRegistryEndpoint=psrc', '"psrc" is no address of a service'],
      ['secondary.bootstrapEndpoint=a b:9092', 'received "a b:9092", allowed is a host such as'],
      ['secondary.bootstrapEndpoint=a\nb', 'received "a\\nb", allowed is a host such as'],
      ['proxyAddress=proxy', 'received "proxy", allowed is an IP address'],
    ])('where a value cannot be: %p', async (assignment, message) => {
      expect(await refused({ outputs, set: [assignment] })).toContain(message);
    });
  });
});
