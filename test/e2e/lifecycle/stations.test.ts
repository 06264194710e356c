import { runCommand } from '../terraform/support/app';
import { Deployment, topic } from './support/deployment';

const toggled = { [runCommand]: 'replace' };
const blocked = '-var=cc_failover_primary=true';
const offline = '-refresh=false';

jest.setTimeout(900_000);

describe('the stations of a failover', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start({ lab: { timing: { linkUnavailableAfterMs: 0 } } });
  });

  beforeEach(() => drill.restore());

  afterAll(() => drill.end());

  test('a planned switch-over and the failback leave nothing to do', async () => {
    const { operator, workspace } = drill;
    await operator.produce('primary', topic, 100);
    await operator.switchOverTo('secondary', topic);
    expect(await workspace.detailedExitCode()).toBe(0);
    expect((await workspace.plan(blocked)).changes()).toEqual(toggled);
    await workspace.applyPlan();
    expect(await operator.mirrors('primary')).toEqual({ [topic]: 'ACTIVE' });

    await operator.produce('secondary', topic, 100);
    await operator.switchOverTo('primary', topic);
    expect(await workspace.detailedExitCode(blocked)).toBe(0);
    await workspace.apply();
    expect(await workspace.detailedExitCode()).toBe(0);
    expect(await operator.mirrors('secondary')).toEqual({ [topic]: 'ACTIVE' });
    expect(drill.writes().filter((write) => write.includes('confluent_'))).toEqual([]);
  });

  test('a disaster, the restore and the failback leave nothing to do', async () => {
    const { operator, workspace } = drill;
    const clusterId = drill.lab.cloud.sample!.secondary.clusterId;
    await operator.produce('primary', topic, 100);
    const release = await operator.fault({ kind: 'replication-held', target: clusterId });
    await operator.produce('primary', topic, 7);
    const bringBack = await operator.takeAway('primary', 'refused');
    expect((await drill.tryPlan()).exitCode).toBe(1);
    expect((await workspace.plan(offline, blocked)).changes()).toEqual(toggled);
    await workspace.applyPlan();

    await operator.operate('secondary', 'failover', topic);
    await operator.until('secondary', topic, 'STOPPED');
    expect((await drill.tryPlan(blocked)).exitCode).toBe(1);
    expect(await workspace.detailedExitCode(offline, blocked)).toBe(0);

    await bringBack();
    await release();
    expect(await workspace.detailedExitCode(blocked)).toBe(0);

    const [{ messages_truncated: lost }] = await operator.operate('primary', 'truncate-and-restore', topic);
    expect(Number(lost)).toBeGreaterThanOrEqual(7);
    await operator.until('primary', topic, 'ACTIVE');
    expect(await workspace.detailedExitCode(blocked)).toBe(0);

    await operator.switchOverTo('primary', topic);
    await operator.until('secondary', topic, 'ACTIVE');
    expect(await workspace.detailedExitCode(blocked)).toBe(0);
    expect((await workspace.plan()).changes()).toEqual(toggled);
    expect(drill.writes().filter((write) => write.includes('confluent_'))).toEqual([]);
  });

  /** How the mirror on the secondary comes into a state that the provider cannot read; and how it is cured. */
  const unreadable: Record<string, () => Promise<() => Promise<void>>> = {
    PENDING_SYNCHRONIZE: async () => {
      const release = await stuckOn('secondary');
      await drill.operator.operate('secondary', 'reverse-and-start-mirror', topic);
      return release;
    },
    PENDING_MIRROR: async () => {
      await drill.operator.switchOverTo('secondary', topic);
      const release = await stuckOn('primary');
      await drill.operator.operate('primary', 'reverse-and-start-mirror', topic);
      return release;
    },
    SOURCE_UNAVAILABLE: async () => {
      const jaas = await keyOfLink();
      await alterLink('sasl.jaas.config', jaas.replace(/password="[^"]*"/, 'password="no-longer-valid"'));
      return () => alterLink('sasl.jaas.config', jaas);
    },
    LINK_PAUSED: async () => {
      await alterLink('cluster.link.paused', 'true');
      return () => alterLink('cluster.link.paused', 'false');
    },
  };

  const stuckOn = (role: 'primary' | 'secondary') =>
    drill.operator.fault({ kind: 'mirror-stuck', target: drill.lab.cloud.sample![role].clusterId });
  const alterLink = async (name: string, value: string) => {
    const path = '/links/active-passive-test/configs:alter';
    await drill.operator.kafka('secondary', 'PUT', path, { data: [{ name, value }] });
  };
  const keyOfLink = () =>
    drill.lab.cloud.perform(({ clusterLinks }) => {
      const [{ sides }] = [...clusterLinks.values()];
      return sides.get(drill.lab.cloud.sample!.secondary.clusterId)!.settings.get('sasl.jaas.config')!;
    });

  test.each(Object.keys(unreadable))('a mirror that is %s ends a plan, except one without refresh', async (status) => {
    const { operator, workspace } = drill;
    const cure = await unreadable[status]();
    await operator.until('secondary', topic, status);
    const failed = await drill.tryPlan();
    expect(failed.exitCode).toBe(1);
    expect(failed.text).toContain(`error reading Kafka Mirror Topic: ${status} is not a valid MirrorTopicStatus`);
    expect((await drill.tryApply(blocked)).exitCode).toBe(1);
    expect(drill.writes()).toEqual([]);

    expect(await workspace.detailedExitCode(offline)).toBe(0);
    expect((await workspace.plan(offline, blocked)).changes()).toEqual(toggled);
    await workspace.applyPlan();

    await cure();
    await operator.until('secondary', topic, status === 'PENDING_SYNCHRONIZE' ? 'STOPPED' : 'ACTIVE');
    expect(await workspace.detailedExitCode(blocked)).toBe(0);
  });
});
