/** The client of the proxy's bench, in a process of its own and on the proxy's machine: direct or not, its way is one hop. */
import tls from 'node:tls';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly name: string;
  readonly ca: string;
}

export interface Order {
  readonly kind: 'handshakes' | 'megabytes' | 'echoes' | 'hold' | 'last-cut';
  readonly target: Target;
  readonly count: number;
}

const held: tls.TLSSocket[] = [];
const cuts: number[] = [];

function open({ host, port, name, ca }: Target): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const session = tls.connect({ host, port, servername: name, ca }, () => {
      session.off('error', reject).on('error', () => undefined);
      resolve(session.setNoDelay(true));
    });
    session.once('error', reject);
  });
}

/** Sends this many bytes and waits for the one that the server answers when it has them all. */
function send(session: tls.TLSSocket, size: number, chunk = Buffer.alloc(Math.min(size, 65_536))): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once('data', () => (session.off('close', reject), resolve())).once('close', reject);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(size);
    session.write(head);
    let left = size;
    const more = (): void => {
      while (left > 0) {
        const part = left < chunk.length ? chunk.subarray(0, left) : chunk;
        left -= part.length;
        if (!session.write(part)) return void session.once('drain', more);
      }
    };
    more();
  });
}

async function inParallel(count: number, parallel: number, work: () => Promise<void>): Promise<void> {
  let left = count;
  const loop = async (): Promise<void> => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: parallel }, loop));
}

const ORDERS: Record<Order['kind'], (target: Target, count: number) => Promise<number | number[]>> = {
  handshakes: async (target, count) => {
    const start = performance.now();
    await inParallel(count, 4, async () => void (await open(target)).destroy());
    return (count / (performance.now() - start)) * 1000;
  },
  megabytes: async (target, count) => {
    const session = await open(target);
    const start = performance.now();
    await send(session, count * 1_000_000);
    session.destroy();
    return (count / (performance.now() - start)) * 1000;
  },
  echoes: async (target, count) => {
    const session = await open(target);
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const start = performance.now();
      await send(session, 60);
      times.push((performance.now() - start) * 1000);
    }
    session.destroy();
    return times;
  },
  hold: async (target, count) => {
    await inParallel(count, 20, async () => {
      const session = await open(target);
      session.resume().once('close', () => cuts.push(Date.now()));
      held.push(session);
    });
    return held.length;
  },
  'last-cut': async (_target, count) => {
    while (cuts.length < count) await new Promise((resolve) => setTimeout(resolve, 10));
    return Math.max(...cuts);
  },
};

process.on('message', ({ kind, target, count }: Order) => {
  ORDERS[kind](target, count).then(
    (result) => process.send!({ result }),
    (error: unknown) => process.send!({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
