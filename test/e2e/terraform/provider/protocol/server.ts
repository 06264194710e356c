import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { join } from 'node:path';
import { type Provider } from '../provider';
import { answer, type Handler, handlersOf, type Request } from './handlers';

/** How Terraform finds a provider that is running already: one entry of TF_REATTACH_PROVIDERS. */
export interface Reattach {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  readonly Test: true;
  readonly Addr: { readonly Network: 'unix'; readonly String: string };
}

export interface RunningServer {
  readonly reattach: Reattach;
  stop(): void;
}

/**
 * @param pid the process that Terraform believes to be the provider: it kills it when the socket does not answer, so
 * it had better not be the one that runs the tests
 */
export async function serve(provider: Provider, socket: string, pid: number): Promise<RunningServer> {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(service('tfplugin6.proto', 'tfplugin6', 'Provider'), implementation(handlersOf(provider)));
  server.addService(service('go-plugin.proto', 'plugin', 'GRPCController'), implementation({ Shutdown: () => ({}) }));
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  return {
    reattach: {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: pid,
      Test: true,
      Addr: { Network: 'unix', String: socket },
    },
    stop: () => server.forceShutdown(),
  };
}

function implementation(handlers: Record<string, Handler>): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (call: { request: Request }, callback: (error: null, response: object) => void) =>
        callback(null, answer(handler, call.request)),
    ]),
  );
}

function service(file: string, packageName: string, name: string): ServiceClientConstructor['service'] {
  const definition = loadSync(join(__dirname, file), { keepCase: true, longs: Number, enums: String, defaults: false });
  const loaded = loadPackageDefinition(definition)[packageName] as Record<string, ServiceClientConstructor>;
  return loaded[name].service;
}
