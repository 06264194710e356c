import { KafkaRestClient } from '../../src/client/kafka-rest-client';
import { observePair } from '../../src/observe/observe-pair';
import { servingOfPair } from '../../src/observe/serving';
import { closeDeployedLabs, DEPLOYED_LINK, DeployedLab } from './deployed-lab';

afterEach(closeDeployedLabs);

test('a deployed lab is a pair at work: the primary serves, each topic has an ACTIVE mirror, the keys work', async () => {
  const lab = await DeployedLab.start({ topics: 3 });
  const clientOf = (role: 'primary' | 'secondary'): KafkaRestClient => {
    const { clusterId, restEndpoint: url, kafka: credentials } = lab.member(role);
    return new KafkaRestClient({ clusterId, url, credentials });
  };
  const [primary, secondary] = [clientOf('primary'), clientOf('secondary')];
  const { observation, readings } = await observePair({
    members: {
      primary: { kafka: primary, linkName: DEPLOYED_LINK, principal: `User:${lab.serviceAccountId}` },
      secondary: { kafka: secondary, linkName: DEPLOYED_LINK },
    },
  });
  await Promise.all([primary.close(), secondary.close()]);
  expect(observation.topics.map(({ name }) => name)).toEqual(['t0000', 't0001', 't0002']);
  expect(servingOfPair(observation)).toBe('primary');
  expect(observation.topics.map(({ sides }) => sides.secondary)).toEqual(
    lab.topics.map(() => expect.objectContaining({ kind: 'mirror', status: 'ACTIVE' }) as object),
  );
  expect(observation.members.secondary.link).toMatchObject({ kind: 'link', state: 'ACTIVE' });
  expect(readings.primary.acls).toMatchObject({ known: true, value: { length: 8 } });
});
