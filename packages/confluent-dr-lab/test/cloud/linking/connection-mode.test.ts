import { createKafkaCluster } from '../../../src/cloud/kafka/kafka-clusters';
import { contactError } from '../../../src/cloud/linking/link-health';
import { createLink } from '../../../src/cloud/linking/links';
import { INBOUND, ModelPair, type Side, STEP } from '../support/model-pair';

const errors = (pair: ModelPair) =>
  (['primary', 'secondary'] as const).map((side) => contactError(pair.state, pair.side(side)));
const REVERSE = 'reverse-and-start-mirror';

describe('a link that waits for the other to connect', () => {
  test.each(['primary', 'secondary'] as const)(
    'on the %s carries records both ways over what the other opened',
    (side) => {
      const pair = new ModelPair({}, {}, { [side]: INBOUND });
      pair.produce('primary', 20);
      pair.wait(200);
      expect(pair.records('secondary')).toEqual(pair.records('primary'));
      expect(pair.operate('secondary', REVERSE).errorCode).toBeNull();
      pair.wait(STEP);
      pair.produce('secondary', 5);
      pair.wait(200);
      expect([pair.status('secondary'), pair.status('primary')]).toEqual(['STOPPED', 'ACTIVE']);
      expect(pair.records('primary')).toEqual(pair.records('secondary'));
    },
  );

  test('reads with the keys of the side that connects, on both clusters', () => {
    const pair = new ModelPair({}, {}, { secondary: INBOUND });
    const settings = pair.side('primary').settings;
    for (const name of ['sasl.jaas.config', 'local.sasl.jaas.config']) {
      const right = settings.get(name)!;
      settings.set(name, right.replace(/password="[^"]*/, 'password="wrong'));
      expect(errors(pair)).toContain('AUTHENTICATION_ERROR');
      settings.set(name, right);
    }
    expect(errors(pair)).toEqual(['NO_ERROR', 'NO_ERROR']);
  });

  test('has nobody to wait for where the other waits too, or is not there', () => {
    const both = new ModelPair();
    both.side('primary').settings.set('connection.mode', 'INBOUND');
    both.side('secondary').settings.set('connection.mode', 'INBOUND');
    const lost = 'BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR';
    expect(errors(both)).toEqual([lost, lost]);
    const alone = new ModelPair({}, {}, { secondary: INBOUND });
    alone.state.clusterLinks.get(alone.side('secondary').linkId)!.sides.delete(alone.member('primary').clusterId);
    expect(contactError(alone.state, alone.side('secondary'))).toBe(lost);
  });
});

test('a public cluster finds no way into a private one, which connects itself', () => {
  const pair = new ModelPair();
  const { environmentId } = pair.member('secondary');
  const place = { cloud: 'AZURE', region: 'northeurope', availability: 'HIGH', kind: 'Enterprise' };
  const enterprise = pair.do((state) => createKafkaCluster(state, { ...place, environmentId, displayName: 'private' }));
  expect(enterprise.bootstrapHost).toBe(`${enterprise.id}.northeurope.azure.private.confluent.cloud`);
  const request = (from: Side, remoteClusterId: string, bootstrap: string) => ({
    ...pair.linkRequest(pair.member(from)),
    name: 'private',
    remoteClusterId,
    settings: pair.linkRequest(pair.member(from), { 'bootstrap.servers': bootstrap }).settings,
  });
  const there = request('secondary', enterprise.id, `${enterprise.bootstrapHost}:9092`);
  expect(() => createLink(pair.state, pair.cluster('primary'), there)).toThrow(
    `cluster ${enterprise.id} cannot be reached`,
  );
  const { id, bootstrapHost } = pair.cluster('primary');
  createLink(pair.state, enterprise, request('primary', id, `${bootstrapHost}:9092`));
  expect(pair.state.clusterLinks.size).toBe(2);
});

test.each(['Basic', 'Standard', 'Freight'] as const)('a %s cluster has no links in both directions', (kind) => {
  const pair = new ModelPair();
  pair.cluster('primary').kind = kind;
  const request = { ...pair.linkRequest(pair.member('primary')), name: 'another' };
  expect(() => createLink(pair.state, pair.cluster('secondary'), request)).toThrow(
    `need Dedicated or Enterprise clusters; cluster ${pair.cluster('primary').id} is ${kind}`,
  );
});
