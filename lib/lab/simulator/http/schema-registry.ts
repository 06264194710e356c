import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { authorizeRegistry } from '../model/organization/authorization';
import {
  createExporter,
  deleteExporter,
  exporterState,
  findExporter,
  pauseExporter,
  resetExporter,
  resumeExporter,
  updateExporter,
} from '../model/registry/exporters';
import { type Exporter, type ExporterSettings, type SchemaRegistry } from '../model/registry/records';
import { findRegistry } from '../model/registry/registries';
import { type CloudState } from '../model/state';
import { callerOf } from './authentication';
import { Body } from './body';
import { newPlane, param } from './plane';
import { carryOut, type World } from './world';

interface RegistryCall {
  readonly state: CloudState;
  readonly registry: SchemaRegistry;
}

/** One Schema Registry: its exporters, and as much of the rest as the CLI asks for first. */
export function schemaRegistryPlane(world: World, registryId: string): FastifyInstance {
  const app = newPlane((_status, code, message) => ({ error_code: code, message }));
  const call = <T>(request: FastifyRequest, command: (call: RegistryCall) => T): Promise<T> =>
    carryOut(world, request, (state) => {
      const caller = callerOf(state, registryId, request);
      world.noteCaller(request, caller);
      const registry = findRegistry(state, registryId);
      authorizeRegistry(state, registry, caller.ownerId);
      return command({ state, registry });
    });
  const onExporter =
    (command: (call: RegistryCall, exporter: Exporter, request: FastifyRequest) => unknown) =>
    (request: FastifyRequest): Promise<unknown> =>
      call(request, (found) => command(found, findExporter(found.registry, param(request, 'name')), request));

  app.get('/', (request) => call(request, () => ({})));
  app.get('/config', (request) => call(request, () => ({ compatibilityLevel: 'BACKWARD' })));
  app.get('/subjects', (request) => call(request, () => []));
  app.get('/exporters', (request) => call(request, ({ registry }) => [...registry.exporters.keys()]));
  app.post('/exporters', (request) =>
    call(request, ({ state, registry }) => {
      const body = Body.of(request.body);
      const { name } = createExporter(state, registry, body.requiredText('name'), { ...DEFAULTS, ...settingsIn(body) });
      return { name };
    }),
  );
  app.get(
    '/exporters/:name',
    onExporter((_call, { name, settings }) => ({ name, ...settings })),
  );
  app.get('/exporters/:name/status', onExporter(statusData));
  app.get(
    '/exporters/:name/config',
    onExporter((_call, { settings }) => settings.config),
  );
  app.put(
    '/exporters/:name',
    onExporter(({ state }, exporter, request) => {
      updateExporter(state, exporter, settingsIn(Body.of(request.body)));
      return { name: exporter.name };
    }),
  );
  app.put(
    '/exporters/:name/config',
    onExporter(({ state }, exporter, request) => {
      const config = Body.of({ config: request.body }).textMap('config');
      updateExporter(state, exporter, { config: { ...exporter.settings.config, ...config } });
      return { name: exporter.name };
    }),
  );
  for (const [verb, change] of Object.entries({ pause: pauseExporter, resume: resumeExporter, reset: resetExporter })) {
    app.put(
      `/exporters/:name/${verb}`,
      onExporter(({ state }, exporter) => {
        change(state, exporter);
        return { name: exporter.name };
      }),
    );
  }
  app.delete('/exporters/:name', async (request, reply) => {
    await call(request, ({ registry }) => deleteExporter(registry, param(request, 'name')));
    return reply.code(204).send();
  });
  return app;
}

const DEFAULTS: ExporterSettings = {
  subjects: ['*'],
  subjectRenameFormat: '',
  contextType: 'AUTO',
  context: '.',
  config: {},
};

/** Only what the body names, under the names that the registry has for it. */
function settingsIn(body: Body): Partial<ExporterSettings> {
  return {
    ...(body.has('subjects') && { subjects: body.texts('subjects') }),
    ...(body.has('subjectRenameFormat') && { subjectRenameFormat: body.text('subjectRenameFormat') }),
    ...(body.has('contextType') && { contextType: body.text('contextType') }),
    ...(body.has('context') && { context: body.text('context') }),
    ...(body.has('config') && { config: body.textMap('config') }),
  };
}

function statusData({ state, registry }: RegistryCall, exporter: Exporter): object {
  const shown = exporterState(state, registry, exporter);
  const trace = shown === 'ERROR' ? 'The destination Schema Registry cannot be reached' : '';
  return { name: exporter.name, state: shown, offset: exporter.offset, ts: exporter.changedAt, trace };
}
