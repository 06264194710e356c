import { setTimeout as pause } from 'node:timers/promises';
import { type ProxyLab } from './proxy-lab';
import { attempt, type AttemptOptions } from './sessions';

export interface Attempt {
  readonly at: number;
  readonly until: number;
  readonly outcome: 'open' | 'refused' | 'hangs';
}

/** A client that tries again and again to open a session, and remembers what became of each try. */
export class Attempts {
  readonly made: Attempt[] = [];
  private stopping = false;
  private readonly ended: Promise<void>;

  /** @param control a name of another cluster, by which a try that hangs is told from one that is slow */
  constructor(
    private readonly lab: ProxyLab,
    name: string,
    control?: string,
  ) {
    this.ended = this.run(name, control);
  }

  /** Those that were begun after one time, and whose outcome was known before another. */
  between(from: number, to = Infinity): Attempt[] {
    return this.made.filter(({ at, until }) => at > from && until < to);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.ended;
  }

  private async run(name: string, control?: string): Promise<void> {
    while (!this.stopping) {
      const at = Date.now();
      const { outcome } = await this.try(name, control === undefined ? {} : { control: () => this.try(control) });
      this.made.push({ at, until: Date.now(), outcome });
      await pause(50);
    }
  }

  private try(name: string, options?: AttemptOptions): ReturnType<typeof attempt> {
    return attempt(this.lab.network, this.lab.certificates.ca, name, options);
  }
}
