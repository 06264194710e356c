import { type FastifyRequest } from 'fastify';
import { Body } from '../http/body';
import { param } from '../http/plane';
import { type RegistryCall, type RegistryPlane } from '../http/registry-call';
import {
  createExporter,
  deleteExporter,
  exporterState,
  findExporter,
  pauseExporter,
  resetExporter,
  resumeExporter,
  updateExporter,
} from './exporters';
import { type Exporter, type ExporterSettings } from './records';

export function exporterRoutes({ app, call }: RegistryPlane): void {
  const onExporter =
    (command: (call: RegistryCall, exporter: Exporter, request: FastifyRequest) => unknown) =>
    (request: FastifyRequest): Promise<unknown> =>
      call(request, (found) => command(found, findExporter(found.registry, param(request, 'name')), request));

  app.get('/exporters', (request) => call(request, ({ registry }) => [...registry.exporters.keys()]));
  app.post('/exporters', (request) =>
    call(request, ({ state, registry }) => {
      const body = Body.in(request);
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
      updateExporter(state, exporter, settingsIn(Body.in(request)));
      return { name: exporter.name };
    }),
  );
  app.put(
    '/exporters/:name/config',
    onExporter(({ state }, exporter, request) => {
      const config = Body.in(request).allTexts();
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
    ...(body.has('config') && { config: body.object('config').allTexts() }),
  };
}

function statusData({ state, registry }: RegistryCall, exporter: Exporter): object {
  const shown = exporterState(state, registry, exporter);
  const trace = shown === 'ERROR' ? 'The destination Schema Registry cannot be reached' : '';
  return { name: exporter.name, state: shown, offset: exporter.offset, ts: exporter.changedAt, trace };
}
