import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Azure, type AzureState } from './azure';

/** Where a lab's Azure outlives the process; only its owner may read it, since it holds passwords. */
export class AzureFile {
  private written = '';

  constructor(private readonly path: string) {}

  /** Undefined if there is none yet. */
  public read(): AzureState | undefined {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as AzureState;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  public write(state: AzureState): void {
    this.writeText(JSON.stringify(state));
  }

  /** Writes what is not written yet, so that a lab which is killed loses next to nothing. */
  public writeChanged(state: AzureState): void {
    const text = JSON.stringify(state);
    if (text !== this.written) {
      this.writeText(text);
    }
  }

  private writeText(text: string): void {
    writeFileSync(`${this.path}.new`, text, { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
    this.written = text;
  }
}

const DEFAULT_MESSAGE = 'VM has reported a failure when processing extension: the script ended with exit code 4';

/** What runs on the VMs of a lab, as its own API shows it. */
export interface ShownProxies {
  show(): Promise<readonly object[]>;
  readonly entrances: readonly string[];
}

/** A look into the lab's Azure, and a hand on what runs there. */
export function azureRoutes(app: FastifyInstance, azure: Azure, proxies?: ShownProxies): void {
  app.get('/lab/v1/azure', () => azure.inspect());
  app.get('/lab/v1/azure/proxies', async () => ({
    proxies: (await proxies?.show()) ?? [],
    entrances: proxies?.entrances ?? [],
  }));
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
