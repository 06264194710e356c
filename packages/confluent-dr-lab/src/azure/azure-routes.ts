import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type LabProxies } from '../nginx/lab-proxies';
import { type Azure } from './azure';

const DEFAULT_MESSAGE = 'VM has reported a failure when processing extension: the script ended with exit code 4';

/** A look into the lab's Azure, and a hand on what runs there. */
export function azureRoutes(app: FastifyInstance, azure: Azure, proxies?: LabProxies): void {
  app.get('/lab/v1/azure', () => azure.inspect());
  app.get('/lab/v1/azure/proxies', () => ({ proxies: proxies?.shown ?? [], entrances: proxies?.entrances ?? [] }));
  app.get('/lab/v1/azure/run-command-fault', () => ({ message: azure.runCommandFault }));
  app.put('/lab/v1/azure/run-command-fault', async (request: FastifyRequest, reply) => {
    const { message } = (request.body ?? {}) as { message?: unknown };
    azure.failRunCommands(typeof message === 'string' && message !== '' ? message : DEFAULT_MESSAGE);
    return reply.code(204).send();
  });
  app.delete('/lab/v1/azure/run-command-fault', async (_request, reply) => {
    azure.repairRunCommands();
    return reply.code(204).send();
  });
}
