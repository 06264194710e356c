/* eslint-disable jest/no-standalone-expect -- called by the tests, on more than one proxy */
import { setTimeout as pause } from 'node:timers/promises';
import { type ProxyLab } from '../../harness/proxy-lab';
import { bootstrapName, brokerName } from '../../harness/network';
import { nginxProcesses } from '../../harness/processes';
import { attempt, EchoSession, openSession } from '../../harness/sessions';

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

/** What each fault of a proxy like that is the lack of. */
export const PROPERTIES: Readonly<Record<string, Property>> = {
  'a blocked client does not make the proxy connect to itself': (subject) =>
    whileBlocked(subject, async () => {
      const before = await selfConnections(subject);
      await attempt(subject.network, subject.certificates.ca, bootstrapName('primary'), 3000);
      expect((await selfConnections(subject)) - before).toBe(0);
    }),

  'connected clients notice the outage': async (subject) => {
    const session = new EchoSession(
      await openSession(subject.network, subject.certificates.ca, brokerName('primary', 0)),
    );
    try {
      await pause(100);
      await whileBlocked(subject, async () => {
        await pause(1000);
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
          const { outcome } = await attempt(subject.network, subject.certificates.ca, name, 3000, port);
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
    await attempt(subject.network, subject.certificates.ca, 'stranger.example.org', 3000);
    names.zone = honest;
    expect(subject.brokers.arrivals.slice(before)).toEqual([]);
  },

  'applying once more leaves what runs alone': async (subject) => {
    const before = await nginxProcesses(subject.network.proxy);
    await subject.applyAgain();
    await pause(200);
    expect(await nginxProcesses(subject.network.proxy)).toEqual(before);
  },
};
