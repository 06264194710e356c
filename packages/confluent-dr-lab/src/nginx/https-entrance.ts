import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';

export interface HttpsEntranceProps {
  readonly address: string;
  readonly port: number;
  /** Key, certificate and authority, in PEM. */
  readonly keystore: string;
  /** Where the plain service is now: `http://127.0.0.1:20001`. */
  readonly service: () => string;
}

/** TLS before a service of the lab that speaks plain HTTP, so that a proxy finds a server name to go by. */
export class HttpsEntrance {
  public static async open(props: HttpsEntranceProps): Promise<HttpsEntrance> {
    const entrance = new HttpsEntrance(props);
    entrance.server.listen(props.port, props.address);
    await once(entrance.server, 'listening');
    return entrance;
  }

  private readonly context: SecureContext;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly props: HttpsEntranceProps) {
    this.context = createSecureContext({ key: props.keystore, cert: props.keystore });
    this.server = createServer((client) => this.serve(client));
  }

  public close(): void {
    this.server.close();
    this.sockets.forEach((socket) => socket.destroy());
  }

  /** A service that is not there takes no connection, which shows before TLS does. */
  private serve(client: Socket): void {
    const url = this.props.service();
    const service = connect({ host: '127.0.0.1', port: url === '' ? 0 : Number(new URL(url).port) });
    const both = [client, service];
    for (const socket of both) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.sockets.delete(socket);
        both.forEach((each) => each.destroy());
      });
    }
    service.once('connect', () => {
      const secure = new TLSSocket(client, { isServer: true, secureContext: this.context });
      secure.on('error', () => client.destroy());
      secure.once('close', () => client.destroy());
      secure.pipe(service).pipe(secure);
    });
  }
}
