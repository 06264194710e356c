import { type Deployment } from '../../../src/deployment/deployment';
import { type Role } from '../../../src/observe/pair-observation';

/** A deployment on Confluent Cloud, with made-up names. */
export const deployment = (changes: Partial<Deployment> = {}): Deployment => ({
  members: { primary: member('primary', 'westeurope'), secondary: member('secondary', 'northeurope') },
  linkName: 'active-passive-test',
  topics: ['active-passive-a', 'orders'],
  proxyAddress: '203.0.113.10',
  values: [],
  workplace: {
    project: '/srv/dr',
    terraform: '/srv/dr/cdktf.out/stacks/active-passive',
    varFile: '../../../terraform.tfvars',
  },
  ...changes,
});

function member(role: Role, region: string): Deployment['members'][Role] {
  const letter = role[0];
  const host = `pkc-${letter}1234.${region}.azure.confluent.cloud`;
  return {
    role,
    environmentId: `env-${letter}1234`,
    clusterId: `lkc-${letter}1234`,
    region,
    restEndpoint: `https://${host}:443`,
    bootstrapEndpoint: `${host}:9092`,
    kafkaCredentials: { key: `KEYOF${role.toUpperCase()}`, secret: `secret-of-${role}` },
    principal: 'User:sa-abc123',
    schemaRegistry: {
      id: `lsrc-${letter}1234`,
      endpoint: `https://psrc-${letter}1234.${region}.azure.confluent.cloud`,
      credentials: { key: `SR${role.toUpperCase()}`, secret: `sr-secret-of-${role}` },
      exporterNames: [],
    },
  };
}
