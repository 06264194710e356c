import { CLIENT_ADDRESS, type Network, brokerAddress, bootstrapName, PROXY_ADDRESS } from './network';
import { EchoSession, handshake } from './sessions';

const PORT = 19092;

/**
 * A session of the secondary through an nginx of one line that nobody touches: what it misses is missed because the
 * machine is busy, and not because of what the proxy does.
 */
export async function startControl(network: Network, ca: string): Promise<EchoSession> {
  const configuration = `
    load_module /usr/lib/nginx/modules/ngx_stream_module.so;
    pid /run/control.pid; error_log /dev/null; user www-data;
    events {}
    stream { server { listen ${PORT}; proxy_pass ${brokerAddress('secondary', 0)}:9092; } }`;
  await network.proxy.shell(
    `cat >/run/control.conf <<'END'\n${configuration}\nEND\nnginx -c /run/control.conf 2>/dev/null`,
  );
  const socket = await network.portal.connect(PROXY_ADDRESS, PORT, CLIENT_ADDRESS);
  return new EchoSession(await handshake(socket, ca, bootstrapName('secondary')));
}
