import { setTimeout as wait } from 'node:timers/promises';
import { type ClientEvent, type ClientsLog, clientsSeen, readClientsLog, UnusableClientsLog } from '../drill/clients';
import { type Recorder } from '../drill/recorder';
import { type DrillTraffic } from '../drill/run-drill';
import { type Role } from '../observe/pair-observation';
import { BadInput } from './exit';

/** Clients that do not come back within this time do not keep the drill. */
const BACK_LIMIT_MS = 60_000;
const LOOK_INTERVAL_MS = 250;

/** Clients of applications beside a drill, of which it knows what they log; nobody moves them. */
export class DrillClients implements DrillTraffic {
  private isBegun = false;

  /** @throws BadInput if a log cannot be read */
  constructor(
    private readonly paths: readonly string[],
    private readonly recorder: Recorder,
    private readonly signal: AbortSignal,
    private readonly tell: (line: string) => void,
  ) {}

  public begin(): Promise<void> {
    this.isBegun = true;
    const logs = logsIn(this.paths);
    this.recorder.clientsLogged({ logs: logs.map(({ path, sha256 }) => ({ path, sha256 })) });
    const names = [...clientsIn(logs).keys()];
    this.tell(
      names.length > 0
        ? `clients: ${names.join(', ')} work, by their logs`
        : `clients: nothing is in ${this.paths.join(', ')} yet`,
    );
    return Promise.resolve();
  }

  public async moveTo(role: Role): Promise<void> {
    const [since, end] = [Date.now(), Date.now() + BACK_LIMIT_MS];
    let missing = this.missingSince(since);
    while (missing.length > 0 && Date.now() < end && !this.signal.aborted) {
      await wait(LOOK_INTERVAL_MS);
      missing = this.missingSince(since);
    }
    this.tell(
      missing.length === 0
        ? `clients: all that worked before work on the ${role}, by their logs`
        : `clients: nothing was acknowledged or consumed on the ${role} by ${missing.join(', ')}, ${BACK_LIMIT_MS / 1000} s after it was to serve them`,
    );
  }

  public end(): Promise<void> {
    if (this.isBegun) {
      try {
        const logs = logsIn(this.paths);
        const events = logs.flatMap((log) => log.events);
        this.recorder.clientsLogged({
          logs: logs.map(({ path, sha256 }) => ({ path, sha256 })),
          seen: clientsSeen(events, this.recorder.journal.run, Date.now()),
        });
      } catch (error) {
        this.recorder.notProven({ code: 'clients-untold', cause: (error as Error).message });
      }
    }
    return Promise.resolve();
  }

  /** Clients that did something before, and have not done it since. */
  private missingSince(since: number): string[] {
    return [...clientsIn(this.readable())].flatMap(([name, events]) => {
      const kinds = new Set(events.map(({ event }) => event));
      const isBack = [...kinds].every((kind) => events.some(({ event, at }) => event === kind && at >= since));
      return isBack ? [] : [name];
    });
  }

  /** A log that is spoiled on the way does not keep the drill; its end tells of it. */
  private readable(): ClientsLog[] {
    try {
      return logsIn(this.paths);
    } catch {
      return [];
    }
  }
}

/** @throws BadInput if one cannot be read */
export function logsIn(paths: readonly string[]): ClientsLog[] {
  return paths.map((path) => {
    try {
      return readClientsLog(path);
    } catch (error) {
      throw error instanceof UnusableClientsLog ? new BadInput(unusableText(error)) : error;
    }
  });
}

function unusableText({ path, reason, line }: UnusableClientsLog): string {
  return line === undefined
    ? `--clients-log ${path} cannot be read: ${reason}`
    : `--clients-log ${path}, line ${line.number}: received ${line.text.slice(0, 80)} (${reason}). Allowed is ` +
        '{"client":"orders","version":"4.3.1","time":"2026-01-31T12:00:00.000Z","event":"acknowledged"}, with acknowledged or consumed for the event.';
}

function clientsIn(logs: readonly ClientsLog[]): Map<string, ClientEvent[]> {
  const clients = new Map<string, ClientEvent[]>();
  for (const event of logs.flatMap(({ events }) => events)) {
    const name = `${event.client} ${event.version}`;
    clients.set(name, [...(clients.get(name) ?? []), event]);
  }
  return clients;
}

/** Several who look at what clients see. */
export const allOf = (traffics: readonly DrillTraffic[]): DrillTraffic => ({
  begin: async () => {
    for (const traffic of traffics) {
      await traffic.begin();
    }
  },
  moveTo: async (role) => {
    await Promise.all(traffics.map((traffic) => traffic.moveTo(role)));
  },
  end: async () => {
    for (const traffic of traffics) {
      await traffic.end();
    }
  },
});
