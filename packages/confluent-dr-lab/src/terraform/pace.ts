import { setTimeout as sleep } from 'node:timers/promises';

/** The real provider's waits, made shorter by one factor for all. */
export class Pace {
  /** @param factor 1 for the waits of the real provider, 0.01 for a hundredth */
  constructor(private readonly factor: number) {}

  public milliseconds(seconds: number): number {
    return Math.ceil(seconds * 1000 * this.factor);
  }

  public async wait(seconds: number): Promise<void> {
    await sleep(this.milliseconds(seconds));
  }

  /**
   * Asks again and again until there is an answer.
   *
   * @param times how often at most
   * @returns undefined when there was none
   */
  public async poll<T>(seconds: number, times: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
    for (let asked = 1; ; asked += 1) {
      const answer = await ask();
      if (answer !== undefined || asked >= times) {
        return answer;
      }
      await this.wait(seconds);
    }
  }
}
