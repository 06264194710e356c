import { setTimeout as pause } from 'node:timers/promises';
import { type ProxyLab } from './proxy-lab';
import { attempt } from './sessions';

export interface Attempt {
  readonly at: number;
  readonly outcome: 'open' | 'refused' | 'hangs';
}

/** A client that tries again and again to open a session, and remembers what became of each try. */
export class Attempts {
  readonly made: Attempt[] = [];
  private stopping = false;
  private readonly ended: Promise<void>;

  constructor(lab: ProxyLab, name: string) {
    this.ended = this.run(lab, name);
  }

  after(at: number): Attempt[] {
    return this.made.filter((attempt) => attempt.at > at);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.ended;
  }

  private async run(lab: ProxyLab, name: string): Promise<void> {
    while (!this.stopping) {
      const at = Date.now();
      const { outcome } = await attempt(lab.network, lab.certificates.ca, name, 1000);
      this.made.push({ at, outcome });
      await pause(50);
    }
  }
}
