import { UnusableDeployment } from '../../src/deployment/deployment';
import { valuesOfOutputs } from '../../src/deployment/outputs';
import { resolveDeployment } from '../../src/deployment/resolve';
import { DOCUMENT, ORIGINAL_OUTPUTS, OWN_OUTPUTS, unwrapped } from './support/outputs';

const deploymentOf = (outputs: unknown, stack?: string) =>
  resolveDeployment({ sources: [valuesOfOutputs(JSON.stringify(outputs), 'outputs.json', stack)] });

describe('the outputs of the original configuration', () => {
  test('are enough: REST is at the bootstrap host, the link has the name that it always had', () => {
    const { values, ...deployment } = deploymentOf(ORIGINAL_OUTPUTS);
    expect(deployment).toEqual({
      cloud: {},
      members: {
        primary: {
          role: 'primary',
          clusterId: 'lkc-aaaaa',
          region: 'westeurope',
          restEndpoint: 'https://pkc-11111.westeurope.azure.confluent.cloud:443',
          bootstrapEndpoint: 'pkc-11111.westeurope.azure.confluent.cloud:9092',
          kafkaCredentials: { key: 'KEYPRIMARY', secret: 'secret-of-primary' },
        },
        secondary: {
          role: 'secondary',
          clusterId: 'lkc-bbbbb',
          region: 'northeurope',
          restEndpoint: 'https://pkc-22222.northeurope.azure.confluent.cloud:443',
          bootstrapEndpoint: 'pkc-22222.northeurope.azure.confluent.cloud:9092',
          kafkaCredentials: { key: 'KEYSECONDARY', secret: 'secret-of-secondary' },
        },
      },
      linkName: 'active-passive-test',
      topics: ['active-passive-a'],
      leaveOut: [],
      proxyAddress: '203.0.113.7',
    });
    const origins = Object.fromEntries(values.map(({ name, origin }) => [name, origin]));
    expect(origins).toMatchObject({
      'primary.clusterId': { kind: 'outputs', detail: 'output primary_cluster of outputs.json' },
      'primary.restEndpoint': { kind: 'derived', detail: 'from primary.bootstrapEndpoint' },
      linkName: { kind: 'default', detail: 'there is no output runbook' },
      proxyAddress: { kind: 'outputs', detail: 'output proxy_public_ip of outputs.json' },
    });
  });

  test('are read the same from each tool', () => {
    const expected = deploymentOf(ORIGINAL_OUTPUTS);
    expect(deploymentOf(unwrapped(ORIGINAL_OUTPUTS))).toEqual(expected);
    expect(deploymentOf({ 'active-passive': unwrapped(ORIGINAL_OUTPUTS) })).toEqual(expected);
  });

  test('may come without a proxy', () => {
    const { primary_cluster, secondary_cluster } = ORIGINAL_OUTPUTS;
    expect(deploymentOf({ primary_cluster, secondary_cluster }).proxyAddress).toBeUndefined();
  });
});

describe('the output runbook', () => {
  test('is enough by itself, with registries where they are told', () => {
    const { members, linkName, topics, proxyAddress } = deploymentOf(OWN_OUTPUTS);
    expect({ linkName, topics, proxyAddress }).toEqual({
      linkName: 'orders-dr',
      topics: ['orders', 'payments'],
      proxyAddress: '203.0.113.7',
    });
    expect(members.primary).toMatchObject({
      environmentId: 'env-aaaaa',
      principal: 'User:sa-abc123',
      schemaRegistry: {
        id: 'lsrc-11111',
        endpoint: 'https://psrc-11111.westeurope.azure.confluent.cloud',
        credentials: { key: 'REGISTRYPRIMARY', secret: 'secret-of-registry' },
        exporterNames: ['primary-exporter'],
      },
    });
    expect(members.secondary.schemaRegistry).toBeUndefined();
    expect(members.secondary.restEndpoint).toBe('https://pkc-22222.northeurope.azure.confluent.cloud:443');
  });

  test('goes before the original ones', () => {
    const { members, linkName } = deploymentOf({ ...ORIGINAL_OUTPUTS, ...OWN_OUTPUTS });
    expect(linkName).toBe('orders-dr');
    expect(members.secondary.region).toBe('northeurope');
  });

  test('may have fields that only a later tool knows', () => {
    const later = { ...DOCUMENT, primary: { ...DOCUMENT.primary, moon_phase: 'full' }, tides: [] };
    expect(deploymentOf({ runbook: later }).linkName).toBe('orders-dr');
  });
});

describe('several stacks', () => {
  const stacks = { east: unwrapped(OWN_OUTPUTS), west: unwrapped(ORIGINAL_OUTPUTS), empty: {}, other: { x: 'y' } };

  test('are chosen from by name', () => {
    expect(deploymentOf(stacks, 'east').linkName).toBe('orders-dr');
    expect(deploymentOf(stacks, 'west').linkName).toBe('active-passive-test');
  });

  test('are told where none is chosen, or one that is not there', () => {
    expect(() => deploymentOf(stacks)).toThrow(
      'outputs.json holds the outputs of several stacks, east, west. Choose one: --stack <name>.',
    );
    expect(() => deploymentOf(stacks, 'north')).toThrow(/several stacks, east, west; received --stack north/);
  });
});

describe('outputs that cannot be used', () => {
  const refused = (text: string, stack?: string): string => {
    try {
      valuesOfOutputs(text, 'outputs.json', stack);
    } catch (error) {
      expect(error).toBeInstanceOf(UnusableDeployment);
      return (error as Error).message;
    }
    return 'taken';
  };

  test.each([
    ['no JSON', 'secret-of-primary =', /^outputs.json is no JSON\. Give what `terraform output -json` prints/],
    ['a list', '[]', /holds no outputs: expected an object/],
    ['nothing', '{}', /holds none of the outputs primary_cluster, .*runbook\. Deploy first/],
    ['others', '{"x": {"sensitive": false, "value": 1}}', /lacks the sensitive outputs/],
    ['no sensitive ones', '{"active-passive": {"proxy_public_ip": "203.0.113.7"}}', /--outputs-file-include-sensitive/],
  ])('%s', (_, text, message) => {
    const told = refused(text);
    expect(told).toMatch(message);
    expect(told).not.toContain('secret-of');
  });

  test('of a wrong shape are told by their paths, without what they hold', () => {
    const wrong = structuredClone(OWN_OUTPUTS) as unknown as { runbook: { value: Record<string, unknown> } };
    wrong.runbook.value.topics = 'secret-of-topics';
    wrong.runbook.value.primary = { kafka_api_secret: 42 };
    const told = refused(JSON.stringify(wrong));
    expect(told).toContain('- runbook.primary.kafka_api_secret: ');
    expect(told).toContain('- runbook.topics: ');
    expect(told).not.toMatch(/secret-of|42/);
  });
});
