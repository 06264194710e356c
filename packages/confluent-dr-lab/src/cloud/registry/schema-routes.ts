import { Body } from '../http/body';
import { flag, param } from '../http/plane';
import { type RegistryPlane } from '../http/registry-call';
import { notFound } from '../refusal';
import { globalMode, resetMode, setMode, subjectMode } from './records';

/** There are no schemas in the lab, so its registries hold the default context alone. */
export function schemaRoutes({ app, call }: RegistryPlane): void {
  app.get('/', (request) => call(request, () => ({})));
  app.get('/subjects', (request) => call(request, () => []));
  app.get('/contexts', (request) => call(request, () => ['.']));
  app.get('/schemas/types', (request) => call(request, () => ['JSON', 'PROTOBUF', 'AVRO']));
  app.get('/config', (request) => call(request, () => COMPATIBILITY));
  app.get('/config/:subject', (request) =>
    call(request, () => {
      if (flag(request, 'defaultToGlobal')) {
        return COMPATIBILITY;
      }
      const subject = param(request, 'subject');
      throw notFound(`Subject '${subject}' does not have subject-level compatibility configured`, 40408);
    }),
  );
  app.get('/mode', (request) => call(request, ({ registry }) => ({ mode: globalMode(registry) })));
  app.put('/mode', (request) =>
    call(request, ({ registry }) => ({ mode: setMode(registry, Body.in(request).requiredText('mode')) })),
  );
  app.get('/mode/:subject', (request) =>
    call(request, ({ registry }) => ({
      mode: subjectMode(registry, param(request, 'subject'), flag(request, 'defaultToGlobal')),
    })),
  );
  app.put('/mode/:subject', (request) =>
    call(request, ({ registry }) => {
      const mode = Body.in(request).requiredText('mode');
      return { mode: setMode(registry, mode, param(request, 'subject')) };
    }),
  );
  app.delete('/mode/:subject', (request) =>
    call(request, ({ registry }) => ({ mode: resetMode(registry, param(request, 'subject')) })),
  );
}

const COMPATIBILITY = { compatibilityLevel: 'BACKWARD' };
