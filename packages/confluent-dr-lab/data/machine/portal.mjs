/** Runs inside a machine; opens sockets there and hands them to the process that started it (see src/machine/portal.ts). */
import dgram from 'node:dgram';
import net from 'node:net';

// The receiver owns the socket from then on; left open here it would take half of the connections.
const hand = (id, handle) => {
  process.send({ id }, handle, { keepOpen: false }, () => {
    if (!(handle instanceof net.Socket)) handle.close();
  });
};

const refuse = (id, error) => void process.send({ id, error: error.message });

const open = ({ id, kind, host, port, from }) => {
  const failed = (error) => refuse(id, error);
  if (kind === 'connect') {
    const socket = new net.Socket();
    // Paused, so that not a byte is read on this side.
    socket.pause();
    socket.once('error', failed);
    socket.connect({ host, port, localAddress: from }, () => {
      socket.off('error', failed).on('error', () => undefined);
      hand(id, socket);
    });
  } else if (kind === 'listen') {
    const server = net.createServer().once('error', failed);
    server.listen({ host, port, backlog: 4096 }, () => hand(id, server));
  } else {
    const socket = dgram.createSocket('udp4').once('error', failed);
    socket.bind(port, host, () => hand(id, socket));
  }
};

process.on('message', open);
process.on('disconnect', () => process.exit(0));
process.send({ id: 0 });
