/* eslint-disable jest/no-standalone-expect -- called by the tests, on more than one proxy */
import { type ProxyLab } from '../../harness/proxy-lab';
import { bootstrapName, brokerAddress, brokerName, CLIENT_ADDRESS, ROLES } from '../../harness/network';
import { nginxProcesses } from '../../harness/processes';
import { attempt, EchoSession, handshake, openSession } from '../../harness/sessions';
import { eventually } from '../../../../support/waiting';

/** A proxy in front of the lab's clusters, ours or another. */
export interface Subject extends Omit<ProxyLab, 'proxy' | 'stop'> {
  block(): Promise<void>;
  lift(): Promise<void>;
  /** Applies once more what is in force already. */
  applyAgain(): Promise<void>;
}

export type Property = (subject: Subject) => Promise<void>;

async function whileBlocked(subject: Subject, look: () => Promise<void>): Promise<void> {
  await subject.block();
  try {
    await look();
  } finally {
    await subject.lift();
  }
}

/** How often the machine has begun to connect to itself; counted by the kernel, as such sessions are gone at once. */
async function selfConnections({ network }: Subject): Promise<number> {
  const counted = await network.proxy.run(['nft', 'list', 'counter', 'inet', 'watch', 'self']);
  if (counted.status === 0) return Number(/packets (\d+)/.exec(counted.stdout)?.[1]);
  await network.proxy.shell(`nft -f - <<'END'
    table inet watch {
      counter self { }
      chain out {
        type filter hook output priority -10; policy accept;
        fib daddr type local tcp dport { 443, 9092 } tcp flags & (syn | ack) == syn counter name self
      }
    }\nEND`);
  return 0;
}

/** It may hang, while a broker is reached without the proxy. */
function tryName({ network, certificates: { ca } }: Subject, name: string, port = 9092): ReturnType<typeof attempt> {
  const control = async (): Promise<unknown> => {
    const socket = await network.portal.connect(brokerAddress('secondary', 0), 9092, CLIENT_ADDRESS);
    return (await handshake(socket, ca, bootstrapName('secondary'))).destroy();
  };
  return attempt(network, ca, name, { port, control });
}

/** What each fault of a proxy like that is the lack of. */
export const PROPERTIES: Readonly<Record<string, Property>> = {
  'a blocked client does not make the proxy connect to itself': (subject) =>
    whileBlocked(subject, async () => {
      const before = await selfConnections(subject);
      await tryName(subject, bootstrapName('primary'));
      expect((await selfConnections(subject)) - before).toBe(0);
    }),

  'connected clients notice the outage': async (subject) => {
    const session = new EchoSession(
      await openSession(subject.network, subject.certificates.ca, brokerName('primary', 0)),
    );
    try {
      await whileBlocked(subject, async () => {
        const now = Date.now();
        // It is cut, or answered for a second.
        await eventually(
          () => session.ended ?? session.answers.filter((at) => at > now).length,
          (seen) => typeof seen !== 'number' || seen > 50,
        );
        expect(session.ended).toBeDefined();
      });
    } finally {
      session.close();
    }
  },

  'no name and no port of the cluster is left open': (subject) =>
    whileBlocked(subject, async () => {
      const open: string[] = [];
      for (const name of [bootstrapName('primary'), ...[0, 1, 2].map((index) => brokerName('primary', index))]) {
        for (const port of [9092, 443]) {
          const { outcome } = await tryName(subject, name, port);
          if (outcome === 'open') open.push(`${name}:${port}`);
        }
      }
      expect(open).toEqual([]);
    }),

  'a stranger’s name is not passed on': async (subject) => {
    const { names } = subject.network;
    const honest = names.zone;
    names.zone = (name) => honest(name) ?? { addresses: ['20.61.2.12'] };
    const before = subject.brokers.arrivals.length;
    await attempt(subject.network, subject.certificates.ca, 'stranger.example.org');
    names.zone = honest;
    expect(subject.brokers.arrivals.slice(before)).toEqual([]);
  },

  'applying once more leaves what runs alone': async (subject) => {
    const before = await nginxProcesses(subject.network.proxy);
    await subject.applyAgain();
    for (const role of ROLES) await tryName(subject, bootstrapName(role));
    expect(await nginxProcesses(subject.network.proxy)).toEqual(before);
  },
};
