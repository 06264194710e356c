import { closeLabs, Lab } from '../../../confluent-dr-lab/test/cloud/support/lab';
import { answeringServer, closeServers } from './support/answering-server';
import { closeClients, registryClient } from './support/clients';
import { failureOf } from './support/failures';

afterEach(async () => {
  await closeClients();
  await closeServers();
  await closeLabs();
});

async function labWithExporter(): Promise<Lab> {
  const lab = await Lab.start();
  const { schemaRegistry, registryId } = lab.member('secondary');
  await lab.registry('primary', 'POST /exporters', {
    name: 'to secondary',
    subjects: [':*:'],
    contextType: 'NONE',
    config: {
      'schema.registry.url': lab.cloud.endpointOf(registryId),
      'basic.auth.credentials.source': 'USER_INFO',
      'basic.auth.user.info': `${schemaRegistry.key}:${schemaRegistry.secret}`,
    },
  });
  return lab;
}

describe('a Schema Registry', () => {
  test('tells its exporters and how they are', async () => {
    const lab = await labWithExporter();
    await lab.wait(60_000);
    const registry = registryClient(lab, 'primary');
    expect(await registry.exporters()).toEqual(['to secondary']);
    expect(await registry.exporterStatus('to secondary')).toMatchObject({ name: 'to secondary', state: 'RUNNING' });
    await lab.fault({ kind: 'exporter-error', target: lab.member('primary').registryId });
    const { state, trace } = await registry.exporterStatus('to secondary');
    expect([state, trace]).toEqual(['ERROR', expect.stringContaining('cannot be reached')]);
  });

  test('declines a key of another registry, and knows no other exporters', async () => {
    const lab = await labWithExporter();
    const credentials = lab.member('secondary').schemaRegistry;
    expect((await failureOf(registryClient(lab, 'primary', { credentials }).exporters())).kind).toBe('unauthorized');
    expect((await failureOf(registryClient(lab, 'primary').exporterStatus('none'))).kind).toBe('not-found');
  });

  test.each(['{}', '[1]', '{"name":"e"}'])('that answers %s is malformed', async (body) => {
    const lab = await Lab.start();
    const url = await answeringServer((_request, response) => response.end(body));
    const registry = registryClient(lab, 'primary', { url });
    expect((await failureOf(registry.exporters())).kind).toBe('malformed');
    expect((await failureOf(registry.exporterStatus('e'))).kind).toBe('malformed');
  });
});
