import { hostEntries, hostLines } from '../../src/proxy/host-entries';

const PRIMARY = {
  bootstrapEndpoint: 'SASL_SSL://pkc-11111.westeurope.azure.confluent.cloud:9092',
  restEndpoint: 'https://pkc-11111.westeurope.azure.confluent.cloud:443',
  schemaRegistryEndpoint: 'https://psrc-1.westeurope.azure.confluent.cloud',
};
const SECONDARY = { bootstrapEndpoint: 'pkc-22222.northeurope.azure.confluent.cloud:9092' };

describe('hostEntries', () => {
  test('leads bootstrap, brokers and registry of both members to the proxy, each name once', () => {
    expect(hostLines(hostEntries('203.0.113.7', { primary: PRIMARY, secondary: SECONDARY }, 2))).toEqual([
      '203.0.113.7 pkc-11111.westeurope.azure.confluent.cloud',
      '203.0.113.7 b0-pkc-11111.westeurope.azure.confluent.cloud',
      '203.0.113.7 b1-pkc-11111.westeurope.azure.confluent.cloud',
      '203.0.113.7 psrc-1.westeurope.azure.confluent.cloud',
      '203.0.113.7 pkc-22222.northeurope.azure.confluent.cloud',
      '203.0.113.7 b0-pkc-22222.northeurope.azure.confluent.cloud',
      '203.0.113.7 b1-pkc-22222.northeurope.azure.confluent.cloud',
    ]);
  });

  test('knows a dozen brokers of each cluster unless told otherwise', () => {
    const entries = hostEntries('203.0.113.7', { primary: SECONDARY, secondary: PRIMARY });
    expect(entries.filter(({ host, role }) => role === 'secondary' && /^b\d+-/.test(host))).toHaveLength(12);
  });

  test('counts a registry that both share as the primary’s', () => {
    const { schemaRegistryEndpoint } = PRIMARY;
    const members = { primary: PRIMARY, secondary: { ...SECONDARY, schemaRegistryEndpoint } };
    const shared = hostEntries('203.0.113.7', members).filter(({ host }) => host.startsWith('psrc-'));
    expect(shared).toEqual([
      { address: '203.0.113.7', host: 'psrc-1.westeurope.azure.confluent.cloud', role: 'primary' },
    ]);
  });

  test('takes a REST host of its own, and names in capitals as they are looked up', () => {
    const members = {
      primary: { bootstrapEndpoint: 'PKC-1.A.B.C:9092', restEndpoint: 'https://lkc-1.rest.a.b.c' },
      secondary: SECONDARY,
    };
    const hosts = hostEntries('203.0.113.7', members, 1).map(({ host }) => host);
    expect(hosts.slice(0, 3)).toEqual(['pkc-1.a.b.c', 'b0-pkc-1.a.b.c', 'lkc-1.rest.a.b.c']);
  });

  test.each(['127.0.0.1', '[::1]', 'localhost', 'x.localhost'])(
    'leaves out %s, which no hosts file can move',
    (host) => {
      const primary = {
        ...PRIMARY,
        restEndpoint: `http://${host}:8080`,
        schemaRegistryEndpoint: `http://${host}:8081`,
      };
      const local = { bootstrapEndpoint: `${host}:9092`, restEndpoint: `http://${host}:8080` };
      const hosts = hostEntries('203.0.113.7', { primary, secondary: local }, 1).map((entry) => entry.host);
      expect(hosts).toEqual([
        'pkc-11111.westeurope.azure.confluent.cloud',
        'b0-pkc-11111.westeurope.azure.confluent.cloud',
      ]);
    },
  );
});
