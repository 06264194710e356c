import { bootstrapName, brokerAddress, CLIENT_ADDRESS, type Network, PROXY_ADDRESS } from './network';
import { EchoSession, handshake } from './sessions';

export const BARE_PORT = 19092;

/** An nginx of one line beside the proxy: it passes everything on to the first broker of the secondary. */
export async function startBareNginx(network: Network): Promise<void> {
  const configuration = `
    load_module /usr/lib/nginx/modules/ngx_stream_module.so;
    pid /run/bare.pid; error_log /dev/null; user www-data;
    events { worker_connections 8192; }
    stream { server { listen ${BARE_PORT} backlog=4096; proxy_pass ${brokerAddress('secondary', 0)}:9092; } }`;
  await network.proxy.shell(`cat >/run/bare.conf <<'END'\n${configuration}\nEND\nnginx -c /run/bare.conf 2>/dev/null`);
}

/**
 * A session of the secondary through an nginx that nobody touches: what it misses is missed because the machine is
 * busy, and not because of what the proxy does.
 */
export async function startControl(network: Network, ca: string): Promise<EchoSession> {
  await startBareNginx(network);
  const socket = await network.portal.connect(PROXY_ADDRESS, BARE_PORT, CLIENT_ADDRESS);
  return new EchoSession(await handshake(socket, ca, bootstrapName('secondary')));
}
