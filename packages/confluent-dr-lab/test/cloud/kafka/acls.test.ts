import { type Acl, addAcl, hasAcl, removeAcls } from '../../../src/cloud/kafka/acls';
import { aclsAllow, onTopic } from '../../../src/cloud/organization/authorization';
import { ModelPair } from '../support/model-pair';

describe('ACLs', () => {
  const acl = (change: Partial<Acl> = {}): Acl => ({
    resourceType: 'TOPIC',
    resourceName: 'orders',
    patternType: 'LITERAL',
    principal: 'User:sa-1',
    host: '*',
    operation: 'READ',
    permission: 'ALLOW',
    ...change,
  });

  const readable = (names: readonly string[], ...acls: Acl[]): string[] => {
    const cluster = new ModelPair().cluster('primary');
    acls.forEach((added) => addAcl(cluster, added));
    return names.filter((name) => aclsAllow(cluster, 'sa-1', onTopic('READ', name)));
  };

  test.each([
    ['by its name', acl(), ['orders']],
    ['by a prefix', acl({ patternType: 'PREFIXED', resourceName: 'ord' }), ['orders', 'ordinary']],
    ['by a star', acl({ resourceName: '*' }), ['orders', 'ordinary', 'other']],
    ['not by that of another type', acl({ resourceType: 'GROUP' }), []],
    ['not by that of somebody else', acl({ principal: 'User:sa-2' }), []],
    ['by that of everybody', acl({ principal: 'User:*' }), ['orders']],
  ])('are about a topic %s', (_how, added, topics) => {
    expect(readable(['orders', 'ordinary', 'other'], added)).toEqual(topics);
  });

  test('deny rather than allow, whichever names the topic more closely', () => {
    const denied = acl({ patternType: 'PREFIXED', resourceName: 'o', permission: 'DENY' });
    expect(readable(['orders'], acl(), denied)).toEqual([]);
  });

  test('are seen as soon as they are added and no longer once removed', () => {
    const cluster = new ModelPair().cluster('primary');
    const sees = (): boolean[] => [hasAcl(cluster, acl()), aclsAllow(cluster, 'sa-1', onTopic('READ', 'orders'))];
    expect(sees()).toEqual([false, false]);
    addAcl(cluster, acl());
    expect(sees()).toEqual([true, true]);
    const count = cluster.acls.length;
    addAcl(cluster, acl());
    expect(cluster.acls).toHaveLength(count);
    removeAcls(cluster, { principal: 'User:sa-1' });
    expect(sees()).toEqual([false, false]);
  });
});
