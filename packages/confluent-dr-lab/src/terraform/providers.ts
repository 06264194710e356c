import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type Azure } from '../azure/azure';
import { type ProvidersSchema } from '../schema/schema';
import { azurerm } from './azurerm/azurerm';
import { confluent } from './confluent/confluent';
import { type ConfluentOptions } from './confluent/session';
import { dataFile } from '../places';
import { nullProvider } from './null-provider';
import { Operations } from './operations';
import { Pace } from './pace';
import { handlersOf } from './protocol/handlers';
import { type Reattach, type RunningServer, serve } from './protocol/server';
import { Stamp } from './protocol/sessions';
import { Provider } from './provider';
import { type ProviderDefinition } from './resource-type';

export interface ProvidersOptions extends ConfluentOptions {
  /** Of the lab; its states can be used with no other. */
  readonly labId: string;
  readonly azure: Azure;
}

export interface RunningProviders {
  readonly operations: Operations;
  /** The value of TF_REATTACH_PROVIDERS, by which Terraform finds them. */
  readonly reattach: string;
  stop(): void;
}

/**
 * Serves the providers confluent, azurerm and null to Terraform, from this process.
 *
 * Layers, each knowing only those after it: protocol → provider → confluent, azurerm → planning → schema.
 */
export async function startProviders(options: ProvidersOptions): Promise<RunningProviders> {
  const operations = new Operations();
  const stamp = new Stamp(options.labId);
  // Terraform kills the process that it takes for a provider when the provider does not answer.
  const standIn = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  const servers: RunningServer[] = [];
  const reattach: Record<string, Reattach> = {};
  const add = async <S>(definition: ProviderDefinition<S>): Promise<void> => {
    const provider = new Provider(schemaOf(definition), definition, operations);
    const server = await serve(handlersOf(provider, stamp), standIn.pid!);
    servers.push(server);
    reattach[definition.source] = server.reattach;
  };
  await add(confluent(options));
  await add(azurerm(options.azure, new Pace(options.pace)));
  await add(nullProvider());
  return {
    operations,
    reattach: JSON.stringify(reattach),
    stop: () => {
      servers.forEach((server) => server.stop());
      standIn.kill();
    },
  };
}

function schemaOf<S>({ source, schemaFile }: ProviderDefinition<S>): ProvidersSchema['provider_schemas'][string] {
  const text = readFileSync(dataFile(schemaFile), 'utf8');
  return (JSON.parse(text) as ProvidersSchema).provider_schemas[source];
}
