import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { bootstrapName, type Network, RESOLVER } from '../../harness/network';

/**
 * The proxy as the hand-written configuration had it: one nginx that passes every name on, the blocked cluster's
 * bootstrap name mapped to 127.0.0.1, a reload on every apply.
 */
function configuration(blocked: boolean): string {
  const server = (port: number): string => `
    server {
      listen ${port};
      ssl_preread on;
      proxy_timeout 7200s;
      proxy_pass $target:${port};
    }`;
  return `
    load_module /usr/lib/nginx/modules/ngx_stream_module.so;
    user www-data; worker_processes 2;
    pid /run/original.pid;
    error_log /dev/null;
    events { worker_connections 1024; }
    stream {
      resolver ${RESOLVER} ipv6=off;
      map $ssl_preread_server_name $target {
        default $ssl_preread_server_name;
        ${blocked ? `${bootstrapName('primary')} 127.0.0.1;` : ''}
      }
      ${server(9092)}
      ${server(443)}
    }`;
}

export class OriginalProxy {
  private constructor(private readonly network: Network) {}

  static async start(network: Network): Promise<OriginalProxy> {
    const proxy = new OriginalProxy(network);
    proxy.write(false);
    await network.proxy.shell('nginx -c /run/original.conf 2>/dev/null');
    return proxy;
  }

  async block(): Promise<void> {
    await this.apply(true);
  }

  async lift(): Promise<void> {
    await this.apply(false);
  }

  async applyAgain(): Promise<void> {
    await this.apply(false);
  }

  private async apply(blocked: boolean): Promise<void> {
    this.write(blocked);
    await this.network.proxy.shell('nginx -c /run/original.conf -s reload 2>/dev/null');
    await pause(500);
  }

  private write(blocked: boolean): void {
    writeFileSync(this.network.proxy.path('/run/original.conf'), configuration(blocked));
  }
}
