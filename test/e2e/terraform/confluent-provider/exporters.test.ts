import { type Block, exporterAddress } from './support/configuration';
import { Stage } from './support/stage';

jest.setTimeout(900_000);

const [pause, put, reset, resume] = ['/pause', '', '/reset', '/resume'].map(
  (verb) => `primary PUT /exporters/schemas${verb}`,
);

interface Exporter {
  readonly contextType: string;
  readonly context: string;
  readonly subjects: readonly string[];
}

describe('a schema exporter', () => {
  let stage: Stage;
  let restore: () => Promise<void>;

  const configure = (more: Block = {}) => stage.configure({ [exporterAddress]: stage.parts.exporter(more) });
  const ask = async (path: string, method = 'GET'): Promise<unknown> => {
    const { registryId, schemaRegistry } = stage.lab.cloud.sample!.primary;
    const authorization = `Basic ${Buffer.from(`${schemaRegistry.key}:${schemaRegistry.secret}`).toString('base64')}`;
    const response = await fetch(`${stage.lab.cloud.endpointOf(registryId)}${path}`, {
      method,
      headers: { authorization },
    });
    return response.json();
  };
  const exporter = (): Promise<Exporter> => ask('/exporters/schemas') as Promise<Exporter>;
  const status = async (): Promise<string> => ((await ask('/exporters/schemas/status')) as { state: string }).state;

  beforeAll(async () => {
    stage = await Stage.open({
      environment: () => {
        const { registryId, schemaRegistry } = stage.lab.cloud.sample!.primary;
        return {
          IMPORT_SCHEMA_REGISTRY_REST_ENDPOINT: stage.lab.cloud.endpointOf(registryId),
          IMPORT_SCHEMA_REGISTRY_API_KEY: schemaRegistry.key,
          IMPORT_SCHEMA_REGISTRY_API_SECRET: schemaRegistry.secret,
        };
      },
    });
    restore = await stage.keep();
  });

  beforeEach(() => restore());
  afterAll(() => stage.close());

  test('is waited for until it runs, and needs nothing more then', async () => {
    await configure().workspace.apply();
    expect(await status()).toBe('RUNNING');
    expect(stage.attributes(exporterAddress)).toMatchObject({
      context_type: 'AUTO',
      status: 'RUNNING',
      // As the provider does it where the code says nothing: the registry gets an empty list, and keeps it.
      subjects: [],
    });
    expect((await exporter()).subjects).toEqual([]);
    expect(await stage.changes()).toEqual({});
  });

  describe('that comes up in ERROR', () => {
    beforeEach(async () => {
      await stage.fault('exporter-error', stage.lab.cloud.sample!.primary.registryId);
      configure();
    });

    test('fails the apply after 21 looks, is in no state, and is refused as a duplicate by the next', async () => {
      expect((await stage.apply()).errors).toContain('to be RUNNING: it is ERROR');
      // The last look is for the message.
      expect(stage.requests().filter((request) => request.endsWith('/status'))).toHaveLength(22);
      expect(stage.attributes(exporterAddress)).toEqual({});
      const again = await stage.apply();
      expect(again.errors).toContain('/exporters: 409');
      expect(again.exitCode).toBe(1);
    });

    test('is brought back by an import', async () => {
      await stage.apply();
      await stage.lab.cloud.perform((state) => state.faults.clear());
      await stage.workspace.must('import', exporterAddress, `${stage.lab.cloud.sample!.primary.registryId}/schemas`);
      await stage.workspace.apply();
      expect(await stage.changes()).toEqual({});
    });
  });

  describe('that runs', () => {
    let running: () => Promise<void>;

    beforeAll(async () => {
      await restore();
      await configure().workspace.apply();
      running = await stage.keep();
    });

    beforeEach(() => running());

    test.each<[string, () => Block]>([
      ['context_type', () => ({ context_type: 'NONE' })],
      ['context', () => ({ context_type: 'CUSTOM', context: 'other' })],
      ['subjects', () => ({ subjects: ['orders-value'] })],
      ['subject_rename_format', () => ({ subject_rename_format: 'dr-$${subject}' })],
      [
        'destination',
        () => ({
          destination_schema_registry_cluster: stage.parts.destination({ rest_endpoint: 'https://psrc-other.example' }),
        }),
      ],
      [
        "destination's id",
        () => ({ destination_schema_registry_cluster: stage.parts.destination({ id: 'lsrc-other1' }) }),
      ],
    ])('changes its %s in place, paused meanwhile', async (name, more) => {
      configure(more());
      const suppressed = name === "destination's id";
      expect(await stage.changes()).toEqual(suppressed ? {} : { [exporterAddress]: 'update' });
      await stage.workspace.apply();
      expect(stage.writes()).toEqual(suppressed ? [] : [pause, put, resume]);
      expect(await stage.changes()).toEqual({});
    });

    test('is reset by an update if told so', async () => {
      await configure({ reset_on_update: true, subjects: ['orders-value'] }).workspace.apply();
      expect(stage.writes()).toEqual([pause, put, reset, resume]);
      expect((await exporter()).subjects).toEqual(['orders-value']);
    });

    test.each<[string, () => Block]>([
      ['name', () => ({ name: 'other' })],
      ['registry', () => ({ schema_registry_cluster: { id: 'lsrc-other1' } })],
      ['endpoint', () => ({ rest_endpoint: 'http://localhost:1' })],
    ])('is replaced for another %s', async (_, more) => {
      configure(more());
      expect(await stage.changes()).toEqual({ [exporterAddress]: 'replace' });
    });

    test('paused by hand stays paused through updates', async () => {
      await ask('/exporters/schemas/pause', 'PUT');
      configure();
      expect(await stage.changes()).toEqual({});
      stage.forget();
      await configure({ subjects: ['orders-value'] }).workspace.apply();
      expect(stage.writes()).toEqual([pause, put]);
      expect(await status()).toBe('PAUSED');
    });

    test('is paused and resumed by its status in code', async () => {
      await configure({ status: 'PAUSED' }).workspace.apply();
      expect(await status()).toBe('PAUSED');
      expect(await stage.changes()).toEqual({});
      await configure({ status: 'RUNNING' }).workspace.apply();
      expect(['STARTING', 'RUNNING']).toContain(await status());
    });

    test('keeps its old context when it goes from CUSTOM to AUTO without one', async () => {
      await configure({ context_type: 'CUSTOM', context: 'dr' }).workspace.apply();
      await configure({ context_type: 'AUTO' }).workspace.apply();
      expect(await exporter()).toMatchObject({ contextType: 'AUTO', context: 'dr' });
    });

    test('compares subjects as a set', async () => {
      await configure({ subjects: ['b', 'a'] }).workspace.apply();
      configure({ subjects: ['a', 'b', 'a'] });
      expect(await stage.changes()).toEqual({});
    });
  });
});
