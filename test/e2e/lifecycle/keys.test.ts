import { type CloudState } from '../../../packages/confluent-dr-lab/src/cloud/state';
import { synthesizeInto } from '../terraform/support/app';
import { Deployment, topic } from './support/deployment';

jest.setTimeout(900_000);

const keys = ['cluster-api-key-primary', 'cluster-api-key-secondary', 'sr-api-key-primary', 'sr-api-key-secondary'];
const replaceAll = keys.map((name) => `-replace=confluent_api_key.${name}`);

/** The keys that links and exporters are given and that open nothing any more. */
function deadKeys({ apiKeys, clusterLinks, schemaRegistries }: CloudState): string[] {
  const ofLinks = [...clusterLinks.values()]
    .flatMap(({ sides }) => [...sides.values()])
    .flatMap(({ settings }) => ['sasl.jaas.config', 'local.sasl.jaas.config'].map((name) => settings.get(name)!))
    .map((jaas) => /username="([^"]+)"/.exec(jaas)![1]);
  const ofExporters = [...schemaRegistries.values()]
    .flatMap(({ exporters }) => [...exporters.values()])
    .map(({ settings }) => settings.config['basic.auth.user.info'].split(':')[0]);
  return [...ofLinks, ...ofExporters].filter((key) => !apiKeys.has(key));
}

describe('a rotation of the API keys', () => {
  let drill: Deployment;

  beforeAll(async () => {
    drill = await Deployment.start();
  });

  beforeEach(() => drill.restore());

  afterAll(() => drill.end());

  /** Applies, and gives each dead key that a link or an exporter held after any of the changes. */
  const applyWatching = async (...args: readonly string[]) => {
    const { cloud } = drill.lab;
    const found = new Set<string>();
    const perform = cloud.perform.bind(cloud);
    const watch = jest.spyOn(cloud, 'perform').mockImplementation((command) =>
      perform((state) => {
        const result = command(state);
        deadKeys(state).forEach((key) => found.add(key));
        return result;
      }),
    );
    await drill.workspace.apply(...args);
    watch.mockRestore();
    return [...found];
  };
  /** The first and last calls of a kind, by their places among all calls. */
  const places = (method: string, path: RegExp) =>
    drill
      .calls()
      .filter((call) => call.method === method && path.test(call.path))
      .map(({ number }) => number);

  test('gives links and exporters the new keys before the old ones go', async () => {
    const before = await drill.lab.cloud.perform(({ apiKeys }) => [...apiKeys.keys()]);
    expect(await applyWatching(...replaceAll)).toEqual([]);
    const after = await drill.lab.cloud.perform(({ apiKeys }) => [...apiKeys.keys()]);
    expect(after.filter((key) => !before.includes(key))).toHaveLength(keys.length);
    expect(before.filter((key) => !after.includes(key))).toHaveLength(keys.length);

    const created = places('POST', /\/api-keys/);
    const updated = places('PUT', /\/links\/[^/]+\/configs:alter|\/exporters\/[^/]+$/);
    const deleted = places('DELETE', /\/api-keys\//);
    expect(updated.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...created)).toBeLessThan(Math.max(...updated));
    expect(Math.max(...updated)).toBeLessThan(Math.max(...deleted));

    expect(await drill.workspace.detailedExitCode()).toBe(0);
    expect(await drill.operator.mirrors('secondary')).toEqual({ [topic]: 'ACTIVE' });
  });

  test('replaces nothing but the keys', async () => {
    const changes = Object.entries((await drill.workspace.plan(...replaceAll)).changes());
    const replaced = changes.filter(([, action]) => action !== 'update').map(([address]) => address);
    expect(replaced.sort()).toEqual(keys.map((name) => `confluent_api_key.${name}`).sort());
  });

  test('leaves a link with a dead key where the old one goes first', async () => {
    const edit = (json: string) => json.replace(/"create_before_destroy": true/g, '"create_before_destroy": false');
    synthesizeInto(drill.workspace, { edit });
    // What is in the state counts for the order too.
    await drill.workspace.apply('-refresh-only');
    expect((await applyWatching(...replaceAll)).length).toBeGreaterThan(0);
  });
});
