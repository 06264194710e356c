import { TerraformVariable, Token } from 'cdktf';
import { ClusterHostNames } from '../../lib';
import { stackOf } from '../support/synth';

const matches = (names: ClusterHostNames, host: string) =>
  names.brokerPatterns.some((pattern) => new RegExp(`^${pattern}$`).test(host));

describe('ClusterHostNames', () => {
  test.each([
    ['SASL_SSL://pkc-1.westeurope.azure.confluent.cloud:9092'],
    ['pkc-1.westeurope.azure.confluent.cloud:9092'],
    ['pkc-1.westeurope.azure.confluent.cloud'],
    ['https://pkc-1.westeurope.azure.confluent.cloud:9092/kafka'],
  ])('reads the host out of %s', (bootstrapEndpoint) => {
    expect(ClusterHostNames.fromEndpoints({ bootstrapEndpoint }).bootstrap).toBe(
      'pkc-1.westeurope.azure.confluent.cloud',
    );
  });

  test('takes the REST host for the bootstrap host unless another is given', () => {
    const bootstrapEndpoint = 'pkc-1.westeurope.azure.confluent.cloud:9092';
    expect(ClusterHostNames.fromEndpoints({ bootstrapEndpoint }).rest).toBe('pkc-1.westeurope.azure.confluent.cloud');
    expect(
      ClusterHostNames.fromEndpoints({ bootstrapEndpoint, restEndpoint: 'https://rest.example.com:443' }).rest,
    ).toBe('rest.example.com');
  });

  test.each([
    ['pkc-1.westeurope.azure.confluent.cloud', 'pkc-1.westeurope.azure.confluent.cloud', true],
    ['pkc-1.westeurope.azure.confluent.cloud', 'b0-pkc-1.westeurope.azure.confluent.cloud', true],
    ['pkc-1.westeurope.azure.confluent.cloud', 'b11-pkc-1.westeurope.azure.confluent.cloud', true],
    ['pkc-1.westeurope.azure.confluent.cloud', 'pkc-11.westeurope.azure.confluent.cloud', false],
    ['pkc-1.westeurope.azure.confluent.cloud', 'pkc-1.westeurope.azure.confluent.cloud.evil.org', false],
    ['pkc-1.westeurope.azure.confluent.cloud', 'pkc-1xwesteurope.azure.confluent.cloud', false],
    ['pkc-1.westeurope.azure.confluent.cloud', 'bx-pkc-1.westeurope.azure.confluent.cloud', false],
    ['lkc-1.dom.westeurope.azure.confluent.cloud', 'lkc-1-g003.az1.dom.westeurope.azure.confluent.cloud', true],
    ['lkc-1.dom.westeurope.azure.confluent.cloud', 'lkc-12.dom.westeurope.azure.confluent.cloud', false],
    ['lkc-1-n2.westeurope.azure.glb.confluent.cloud', 'lkc-1-g003-n2.westeurope.azure.glb.confluent.cloud', true],
    ['lkc-1.westeurope.azure.private.confluent.cloud', 'b4-lkc-1.westeurope.azure.private.confluent.cloud', true],
  ])('of %s: %s is a broker: %p', (bootstrapEndpoint, host, expected) => {
    expect(matches(ClusterHostNames.fromEndpoints({ bootstrapEndpoint }), host)).toBe(expected);
  });

  test('adds patterns for brokers with names of their own', () => {
    const names = ClusterHostNames.fromEndpoints({
      bootstrapEndpoint: 'lkc-1.dom.westeurope.azure.confluent.cloud',
      brokerHostPatterns: ['n-7-b[0-9]+\\.dom\\.westeurope\\.azure\\.confluent\\.cloud'],
    });
    expect(matches(names, 'n-7-b2.dom.westeurope.azure.confluent.cloud')).toBe(true);
  });

  test('derives no names that bear the network alone where patterns are given', () => {
    const given = String.raw`e-00a[0-9a-z]+-az[0-9]+-n2\.westeurope\.azure\.glb\.confluent\.cloud`;
    const names = ClusterHostNames.fromEndpoints({
      bootstrapEndpoint: 'lkc-1-n2.westeurope.azure.glb.confluent.cloud',
      brokerHostPatterns: [given],
    });
    expect(names.brokerPatterns).toHaveLength(2);
    expect(matches(names, 'lkc-1-g003-n2.westeurope.azure.glb.confluent.cloud')).toBe(true);
    expect(matches(names, 'e-00a1-az1-n2.westeurope.azure.glb.confluent.cloud')).toBe(true);
    expect(matches(names, 'e-0013-az1-n2.westeurope.azure.glb.confluent.cloud')).toBe(false);
  });

  test('leaves to Terraform what only Terraform knows', () => {
    stackOf((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'endpoint', { type: 'string' });
      expect(Token.isUnresolved(ClusterHostNames.fromEndpoints({ bootstrapEndpoint: stringValue }).bootstrap)).toBe(
        true,
      );
    });
  });
});
