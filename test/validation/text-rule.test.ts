import * as rules from '../../lib/validation/text-rule';

const { azureId, keeps } = rules;

const RULES = Object.entries(rules).filter((entry): entry is [string, rules.TextRule] => typeof entry[1] === 'object');
const long = (length: number) => 'a'.repeat(length);

/** By the rule: texts that keep it, and texts that do not. */
const TEXTS: Record<string, [right: string[], wrong: string[]]> = {
  ENVIRONMENT_ID: [
    ['env-abc123', 'env-z'],
    ['', 'env-', 'env', 'xenv-a', 'env-a b', 'env-a\n', 'ENV-a', 'env-a/b', 'env-A', 'env-aB1'],
  ],
  CLUSTER_ID: [['lkc-abc123'], ['', 'lkc-', 'xlkc-a', 'lkc-a.b', 'lkc-a\n', 'env-a', 'lkc-AAAAA', 'lkc-aB1']],
  SERVICE_ACCOUNT_ID: [['sa-abc123'], ['', 'sa-', 'User:sa-a', 'sa-a*', 'sa-a\n', 'sa-A1', 'SA-a1']],
  PRINCIPAL: [
    ['User:sa-abc123', 'User:u-1', 'User:pool-Ab1', 'User:group-w4vP', 'User:123456', 'User:*'],
    [
      ...['', 'sa-abc123', 'User:', 'user:sa-1', 'User:**', 'User:sa-*', 'xUser:sa-1', 'User:sa-1 ', 'Group:a'],
      ...['User:sa-A1', 'User:u-A1', 'User:SA-a1', 'User:POOL-a1', 'User:sa-', 'User:pool-', 'User:sa-a-b', 'User:abc'],
    ],
  ],
  ACCESS_POINT_ID: [
    ['ap-abc123', 'ap1'],
    ['', 'ap-', 'n-1', 'ap-a-b', 'xap-1', 'ap-A1', 'AP-1'],
  ],
  CLOUD_REGION: [
    ['westeurope', 'us-west-2'],
    ['', 'West Europe', '2us', 'west_europe'],
  ],
  AZURE_UUID: [
    ['00000000-0000-0000-0000-000000000000', 'ABCDEF01-2345-6789-abcd-ef0123456789'],
    ['', 'mine', '00000000-0000-0000-0000-00000000000', '{00000000-0000-0000-0000-000000000000}'],
  ],
  NETWORK_ID: [
    ['n-abc123', 'nr-1'],
    ['', 'n-', 'r-1', 'nrr-1', 'n-a-b', 'xn-1', 'n-A1', 'NR-1'],
  ],
  CLUSTER_NAME: [
    ['a', 'primary', 'a-1', long(24)],
    ['', 'A', '1a', '-a', 'a-', 'a_b', 'a.b', long(25), ' a'],
  ],
  TOPIC_NAME: [
    ['a', '_schemas', 'a.b-C_9', long(249)],
    ['', long(250), 'a b', 'a*', 'ä', 'a/b', 'a\n'],
  ],
  TOPIC_PREFIX: [
    ['a', 'orders.'],
    ['', '*', 'orders*'],
  ],
  GROUP_NAME: [
    ['a', 'a group / of any kind'],
    ['', '*', 'a*', '*a'],
  ],
  CONSUMER_GROUP: [
    ['a', 'a*', '*'],
    ['', '**', '*a', 'a*b', 'a**'],
  ],
  LINK_NAME: [
    ['a', '...', '.a', 'A_b-9.', long(128)],
    ['', '.', '..', long(129), 'a/b', 'a b', 'a\n'],
  ],
  EXPORTER_NAME: [
    ['a', '...', long(128)],
    ['', '.', '..', long(129), 'a/b', 'a b'],
  ],
  SCHEMA_CONTEXT: [
    ['a', '_a', '-', '9.b', long(128)],
    ['', '.a', '.', ':.a:', long(129), 'a b'],
  ],
  DISPLAY_NAME: [
    ['a', ' a '],
    ['', ' ', '   '],
  ],
  NAME_PREFIX: [
    ['a', '9', 'a-b_c', long(40)],
    ['', '-a', 'a-', '_a', 'a_', 'a.b', long(41)],
  ],
  AZURE_NETWORK_NAME: [
    ['a', '9', 'a.b-c_', long(80)],
    ['', '_a', '.a', 'a.', 'a-', 'a b', long(81)],
  ],
  RESOURCE_GROUP: [
    ['a', '(a)', '.a', 'a_-', long(90)],
    ['', 'a.', '.', long(91), '/subscriptions/a/resourceGroups/b', 'a b'],
  ],
  VM_SIZE: [
    ['Standard_DS1_v2', 'Basic_A0', 'Standard_M416-208s_v2'],
    ['', 'standard_DS1_v2', 'Standard_', 'Standard_ds1', 'Standard_D S', 'xStandard_A', 'Standard_A.b'],
  ],
  ADMIN_USERNAME: [
    ['operator', '_a', 'o', 'a.b-', 'roots', long(32)],
    ['', 'root', 'Root', 'ADMINISTRATOR', 'a', '1', '-a', '.a', 'ab.', 'a b', long(33), 'support_388945a0', 'user5'],
  ],
};

test('every rule is tried', () => {
  expect(Object.keys(TEXTS).sort()).toEqual(RULES.map(([name]) => name).sort());
});

describe.each(RULES)('%s', (name, rule) => {
  const [right, wrong] = TEXTS[name];

  test.each(right)('lets %j through', (text) => {
    expect(keeps(rule, text)).toBe(true);
  });

  test.each(wrong)('refuses %j', (text) => {
    expect(keeps(rule, text)).toBe(false);
  });

  test('tells what is allowed and what to do', () => {
    expect(rule.allowed).toMatch(/^\S.*\S$/);
    expect(rule.advice).toMatch(/^[A-Z].*\.$/);
  });

  test('has a pattern that Terraform quotes as JavaScript does', () => {
    expect(rule.pattern).not.toMatch(/[\\"]/);
    expect(rule.pattern).not.toMatch(/[$%][{]/);
  });
});

test('the rules of names name what they refuse beside', () => {
  expect(rules.ADMIN_USERNAME.allowed).toContain(', and none of administrator, admin, user, ');
  expect(rules.ADMIN_USERNAME.allowed).toContain('and not ending with a dot, ');
});

describe('azureId', () => {
  const rule = azureId('Microsoft.Network/publicIPAddresses');
  const part = azureId('Microsoft.Network/virtualNetworks', 'subnets');
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/a';
  const subnet = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/b';

  test('takes an id, in whichever case', () => {
    expect([id, id.toUpperCase(), id.toLowerCase()].map((text) => keeps(rule, text))).toEqual([true, true, true]);
    expect(keeps(part, subnet)).toBe(true);
  });

  test.each([
    '',
    `x${id}`,
    `${id}/`,
    `${id}/b`,
    id.slice(1),
    id.replace('/a', '/'),
    id.replace('/s/', '//'),
    id.replace('/g/', '/${g}/'),
    id.replace('/g/', '/%g/'),
    id.replace('Microsoft.Network', 'MicrosoftxNetwork'),
    id.replace('publicIPAddresses', 'virtualNetworks'),
    subnet,
  ])('refuses %j for an address', (text) => {
    expect(keeps(rule, text)).toBe(false);
  });

  test.each([id, subnet.replace('/subnets/b', ''), subnet.replace('subnets', 'subnet')])(
    'refuses %j for a subnet',
    (text) => {
      expect(keeps(part, text)).toBe(false);
    },
  );

  test('tells the form', () => {
    expect(rule).toMatchObject({
      allowed: 'an Azure id, /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/publicIPAddresses/…',
      advice: 'Copy the id from `az network … show --query id`.',
    });
    expect(part.allowed).toBe(
      'an Azure id, /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…',
    );
  });
});
