import {
  command,
  commandAddress,
  ground,
  group,
  groupAddress,
  networkAddress,
  nsg,
  nsgAddress,
  publicIp,
  publicIpAddress,
  rule,
  vm,
  vmAddress,
} from './support/landscape';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const password = (value: string) => ({ [vmAddress]: vm({ admin_password: value }) });
const user = (value: string) => ({ [vmAddress]: vm({ admin_username: value }) });
const rules = (more: object) => ({ [nsgAddress]: nsg({ security_rule: [rule({ ...more })] }) });
const key = (value: string) => ({ [vmAddress]: vm({ admin_ssh_key: { username: 'proxyadmin', public_key: value } }) });
const idle = (value: number) => ({ [publicIpAddress]: publicIp({ idle_timeout_in_minutes: value }) });

describe('a mistake', () => {
  let stage: Stage;

  const validate = () => stage.workspace.terraform('validate');
  const plan = () => stage.workspace.terraform('plan', '-input=false');

  beforeAll(async () => {
    stage = await Stage.open();
  });
  afterAll(() => stage.close());

  test.each([
    ['a password of five characters', password('Ab1-x'), 'admin_password'],
    ['a password of 73 characters', password(`Ab1-${'x'.repeat(69)}`), 'admin_password'],
    ['a password of two kinds, as _ is not special', password('lower_1234'), 'admin_password'],
    ['a password that everybody tries', password('P@ssw0rd'), 'admin_password'],
    ['the user admin', user('admin'), 'admin_username'],
    ['the user root', user('root'), 'admin_username'],
    ['the user test', user('test'), 'admin_username'],
    ['the user user', user('user'), 'admin_username'],
    ['custom_data that is not Base64', { [vmAddress]: vm({ custom_data: '#!/bin/sh' }) }, 'custom_data'],
    ['a priority of 99', rules({ priority: 99 }), 'security_rule.priority'],
    ['a priority of 4097', rules({ priority: 4097 }), 'security_rule.priority'],
    ['an unknown protocol', rules({ protocol: 'tls' }), 'security_rule.protocol'],
    ['an idle time of 3 minutes', idle(3), 'idle_timeout_in_minutes'],
    ['an idle time of 31 minutes', idle(31), 'idle_timeout_in_minutes'],
    ['a VM’s name with a space', { [vmAddress]: vm({ name: 'my vm' }) }, 'name'],
    ['a group’s name with a slash', { [groupAddress]: group({ name: 'my/group' }) }, 'name'],
    ['a run command’s name with a space', { [commandAddress]: command({ name: 'my command' }) }, 'name'],
    ['a key that is none', key('ssh-rsa nonsense'), 'admin_ssh_key.public_key'],
  ])('such as %s is found by validate', async (_, mistaken, attribute) => {
    const { exitCode, errors } = await stage
      .configure({ ...ground, [vmAddress]: vm(), ...mistaken })
      .workspace.terraform('validate');
    expect(errors).toContain(`Invalid value for ${attribute}`);
    expect(exitCode).toBe(1);
  });

  test('in a password is told without it', async () => {
    const variable = { password: { type: 'string', sensitive: true, default: 'lower_1234' } };
    stage.configure({ ...ground, ...password('${var.password}') }, { variable });
    const { text } = await plan();
    expect(text).toContain('Invalid value for admin_password');
    expect(text).not.toContain('lower_1234');
  });

  test.each([
    ['no script', {}],
    ['an empty script', { script: '' }],
    ['a script and a command', { script: 'true', command_id: 'RunShellScript' }],
  ])('such as %s is found by validate', async (_, source) => {
    stage.configure({ ...ground, [vmAddress]: vm(), [commandAddress]: command({ source }) });
    expect((await validate()).errors).toContain('Invalid combination of arguments');
  });

  test('that a variable brings is found by plan', async () => {
    const variable = { name: { type: 'string', default: 'admin' } };
    stage.configure({ ...ground, ...user('${var.name}') }, { variable });
    expect((await validate()).exitCode).toBe(0);
    expect((await plan()).errors).toContain('Invalid value for admin_username');
  });

  test.each([
    [
      'an unknown location',
      { [groupAddress]: group({ location: 'middleearth' }) },
      {},
      'was not found in the list of supported Azure Locations',
    ],
    [
      'an empty parameter',
      { [vmAddress]: vm(), [commandAddress]: command({ parameter: [{ name: 'mode', value: '' }] }) },
      {},
      'Send a word such as none',
    ],
    [
      'an empty protected parameter',
      { [vmAddress]: vm(), [commandAddress]: command({ protected_parameter: [{ name: 'mode', value: '' }] }) },
      {},
      'Send a word such as none',
    ],
    [
      'no subscription',
      {},
      { provider: { subscription_id: undefined } },
      '`subscription_id` is a required provider property',
    ],
  ])('such as %s is found by plan, not by validate', async (_, mistaken, blocks, message) => {
    stage.configure({ ...ground, ...mistaken }, blocks);
    expect((await validate()).exitCode).toBe(0);
    const { exitCode, errors } = await plan();
    expect(errors).toContain(message);
    expect(exitCode).toBe(1);
  });

  test('that only Azure finds passes validate and plan', async () => {
    const bad = { address_space: ['nonsense'] };
    stage.configure({ ...ground, [networkAddress]: { ...ground[networkAddress], ...bad }, ...user('proxy admin') });
    expect((await validate()).exitCode).toBe(0);
    expect((await plan()).exitCode).toBe(0);
  });
});
