import { type ChildProcess } from 'node:child_process';
import type dgram from 'node:dgram';
import { once } from 'node:events';
import type net from 'node:net';
import { dataFile } from '../places';
import { type NamespaceMachine } from './machine';

interface PortalRequest {
  readonly id: number;
  readonly kind: 'connect' | 'listen' | 'bind';
  readonly host: string;
  readonly port: number;
  readonly from?: string;
}

interface PortalAnswer {
  readonly id: number;
  readonly error?: string;
}

interface Waiting {
  readonly request: PortalRequest;
  readonly resolve: (handle: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Sockets of this process in the network of another machine: a socket stays in the namespace it was made in, so a
 * helper makes it there and passes it on.
 */
export class Portal {
  private readonly waiting = new Map<number, Waiting>();
  /** What would outlive the machine: nobody is left there to end a connection, so it would keep this process. */
  private readonly connections = new Set<net.Socket>();
  private lastId = 0;

  private constructor(private readonly helper: ChildProcess) {
    helper.on('message', (answer: PortalAnswer, handle: unknown) => {
      const waiting = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if (handle) {
        waiting?.resolve(handle);
      } else {
        waiting?.reject(new Error(answer.error ?? `no socket for ${JSON.stringify(waiting.request)}`));
      }
    });
  }

  public static async into(machine: NamespaceMachine): Promise<Portal> {
    const command = [process.execPath, dataFile('machine/portal.mjs')];
    const helper = machine.spawn(command, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await Promise.race([
      once(helper, 'message'),
      once(helper, 'exit').then(() => Promise.reject(new Error('The portal into the machine ended at its start'))),
    ]);
    return new Portal(helper);
  }

  public async connect(host: string, port: number, from?: string): Promise<net.Socket> {
    return this.keep(await this.ask<net.Socket>({ kind: 'connect', host, port, from }));
  }

  public async listen(host: string, port: number): Promise<net.Server> {
    const server = await this.ask<net.Server>({ kind: 'listen', host, port });
    return server.on('connection', (socket) => this.keep(socket));
  }

  public bind(host: string, port: number): Promise<dgram.Socket> {
    return this.ask<dgram.Socket>({ kind: 'bind', host, port });
  }

  public close(): void {
    if (this.helper.connected) {
      this.helper.disconnect();
    }
    this.connections.forEach((socket) => socket.destroy());
  }

  private keep(socket: net.Socket): net.Socket {
    this.connections.add(socket);
    return socket.once('close', () => this.connections.delete(socket));
  }

  private ask<T>(question: Omit<PortalRequest, 'id'>): Promise<T> {
    const request = { ...question, id: ++this.lastId };
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(request.id, { request, resolve: (handle) => resolve(handle as T), reject });
      this.helper.send(request);
    });
  }
}
