import { eventually } from '../../support/waiting';
import { type Role } from '../terraform/support/operator';
import { Deployment } from './support/deployment';
import { alsoOnSecondary, mirrored, pairApp, type TopicsOf } from './support/pair-app';

jest.setTimeout(900_000);

const notDestroyed =
  /Resource terraform_data\.deletion_protection\w+\["confluent_kafka_topic\.Link_Topics_orders_\w+"\] has lifecycle.prevent_destroy/;

describe('a topic, while it is in production on the secondary', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start({ configure: pairApp({ topics: mirrored('orders') }) });
  });

  beforeEach(async () => {
    await drill.restore();
    await drill.operator.switchOverTo('secondary', 'orders');
    drill.forgetCalls();
  });

  afterAll(() => drill.end());

  const write = (topics: TopicsOf, deletionProtection?: boolean) =>
    pairApp({ topics, deletionProtection })(drill.workspace);
  const seen = (role: Role, path: string, wanted: (text: string) => boolean) =>
    eventually(async () => JSON.stringify(await drill.operator.kafka(role, 'GET', path)), wanted, {
      what: `that of ${path} on the ${role}`,
    });

  test('grows without being replaced', async () => {
    await drill.operator.kafka('secondary', 'PATCH', '/topics/orders', { partitions_count: 12 });
    await seen('primary', '/topics/orders', (text) => text.includes('"partitions_count":12'));
    expect(await drill.workspace.detailedExitCode()).toBe(0);
  });

  test('takes other settings, which nobody takes back', async () => {
    const data = [{ name: 'retention.ms', value: '3600000' }];
    await drill.operator.kafka('secondary', 'POST', '/topics/orders/configs:alter', { data });
    await seen('primary', '/topics/orders/configs', (text) => text.includes('"value":"3600000"'));
    expect(await drill.workspace.detailedExitCode()).toBe(0);
  });

  test('is not deleted because its line of code is gone: the plan is refused before the first write', async () => {
    write(() => undefined);
    const refused = await drill.tryApply();
    expect(refused.exitCode).toBe(1);
    expect(refused.text).toMatch(notDestroyed);
    expect(drill.writingCalls()).toEqual([]);
    expect(await drill.operator.topics('secondary')).toEqual(['orders']);
  });

  test('is deleted so where protection is turned off: told otherwise', async () => {
    write(mirrored('orders'), false);
    await drill.workspace.apply();
    write(() => undefined, false);
    await drill.workspace.apply();
    expect(await drill.operator.topics('secondary')).toEqual([]);
  });

  test('leaves Terraform’s hands by forgetTopic, which can go after one apply, and lives on', async () => {
    write((link) => link.forgetTopic('orders'));
    const changes = Object.values((await drill.workspace.plan()).changes());
    expect([...new Set(changes)]).toEqual(['forget']);
    await drill.workspace.applyPlan();
    expect(await drill.workspace.detailedExitCode()).toBe(0);
    write(() => undefined);
    await drill.workspace.apply();
    expect(await drill.workspace.detailedExitCode()).toBe(0);
    expect(drill.writingCalls()).toEqual([]);
    expect(await drill.operator.topics('secondary')).toEqual(['orders']);
    expect(await drill.operator.mirrors('primary')).toEqual({ orders: 'ACTIVE' });
  });

  test('does not leave another one unprotected when it is forgotten', async () => {
    write(mirrored('orders', 'payments'));
    await drill.workspace.apply();
    write((link) => link.forgetTopic('payments'));
    const refused = await drill.tryApply();
    expect(refused.exitCode).toBe(1);
    expect(refused.text).toMatch(notDestroyed);
    expect(refused.errors).not.toContain('payments');
  });

  describe('another one, added to the code meanwhile', () => {
    test('begins where clients are, if it names the secondary as its source', async () => {
      write(alsoOnSecondary(mirrored('orders'), 'payments'));
      await drill.workspace.apply();
      expect(await drill.workspace.detailedExitCode()).toBe(0);
      await drill.operator.produce('secondary', 'payments', 10);
      expect(await drill.operator.mirrors('primary')).toEqual({ orders: 'ACTIVE', payments: 'ACTIVE' });

      await drill.operator.switchOverTo('primary', 'orders', 'payments');
      expect(await drill.workspace.detailedExitCode()).toBe(0);
    });

    test('begins on the primary unless told otherwise, and is read-only on the secondary', async () => {
      write(mirrored('orders', 'payments'));
      await drill.workspace.apply();
      await expect(drill.operator.produce('secondary', 'payments', 1)).rejects.toThrow(/mirror/);
      await drill.operator.switchOverTo('secondary', 'payments');
      await drill.operator.produce('secondary', 'payments', 1);
      expect(await drill.workspace.detailedExitCode()).toBe(0);
    });

    test('is refused with the reason where one of that name is on the secondary already, which stays', async () => {
      await drill.operator.kafka('secondary', 'POST', '/topics', { topic_name: 'payments' });
      write(mirrored('orders', 'payments'));
      const refused = await drill.tryApply();
      expect(refused.exitCode).toBe(1);
      expect(refused.errors).toContain("Topic 'payments' already exists");
      expect(await drill.operator.topics('secondary')).toEqual(['orders', 'payments']);
    });

    test('is refused while the primary is away, and nothing is written', async () => {
      const bringBack = await drill.operator.takeAway('primary', 'refused');
      write(mirrored('orders', 'payments'));
      const refused = await drill.tryApply('-refresh=false');
      expect(refused.exitCode).toBe(1);
      expect(refused.errors).toContain('/topics: no answer after all attempts');
      expect(await drill.operator.topics('secondary')).toEqual(['orders']);

      await bringBack();
      await drill.operator.until('primary', 'orders', 'ACTIVE');
      await drill.workspace.apply();
      expect(await drill.workspace.detailedExitCode()).toBe(0);
    });
  });
});
