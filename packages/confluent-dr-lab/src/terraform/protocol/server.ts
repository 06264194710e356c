import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServiceClientConstructor,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { dataFile } from '../../places';
import { answer, type Handler, type Request } from './handlers';

/** How Terraform finds a provider that is running already: one entry of TF_REATTACH_PROVIDERS. */
export interface Reattach {
  readonly Protocol: 'grpc';
  readonly ProtocolVersion: 6;
  readonly Pid: number;
  readonly Test: true;
  readonly Addr: { readonly Network: 'tcp'; readonly String: string };
}

export interface RunningServer {
  readonly reattach: Reattach;
  stop(): void;
}

/**
 * Serves a provider on loopback. TCP rather than a socket file, since only its connections can be told apart.
 *
 * @param pid the process that Terraform believes to be the provider: it kills it when nothing answers, so it had better
 * not be the one that serves
 */
export async function serve(handlers: Record<string, Handler>, pid: number): Promise<RunningServer> {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  const { GetProviderSchema, ...others } = service('tfplugin6.proto', 'tfplugin6', 'Provider');
  const provider = {
    ...others,
    GetProviderSchema: { ...GetProviderSchema, responseSerialize: once(GetProviderSchema.responseSerialize) },
  };
  server.addService(provider, implementation(handlers));
  server.addService(service('go-plugin.proto', 'plugin', 'GRPCController'), implementation({ Shutdown: () => ({}) }));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    reattach: {
      Protocol: 'grpc',
      ProtocolVersion: 6,
      Pid: pid,
      Test: true,
      Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
    },
    stop: () => server.forceShutdown(),
  };
}

/** For an answer that is always the same object: a schema is large, and each of Terraform's commands asks for it. */
function once(serialize: (answer: object) => Buffer): (answer: object) => Buffer {
  const serialized = new WeakMap<object, Buffer>();
  return (answer) => {
    const bytes = serialized.get(answer) ?? serialize(answer);
    serialized.set(answer, bytes);
    return bytes;
  };
}

function implementation(handlers: Record<string, Handler>): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (call: { request: Request; getPeer(): string }, callback: (error: null, response: object) => void) => {
        void answer(handler, call.request, call.getPeer()).then((response) => callback(null, response));
      },
    ]),
  );
}

type Service = ServiceClientConstructor['service'];

/** Read once: a process serves several providers, and in tests many labs. */
const services = new Map<string, Service>();

function service(file: string, packageName: string, name: string): Service {
  const known = services.get(file);
  if (known) {
    return known;
  }
  const definition = loadSync(dataFile(file), { keepCase: true, longs: Number, enums: String, defaults: false });
  const loaded = loadPackageDefinition(definition)[packageName] as Record<string, ServiceClientConstructor>;
  services.set(file, loaded[name].service);
  return loaded[name].service;
}
