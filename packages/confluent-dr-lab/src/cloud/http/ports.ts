import { randomInt } from 'node:crypto';

/**
 * Below what systems give to outgoing connections and to whoever asks for any port (Linux from 32768, others from
 * 49152): neither takes the port of an address while that is away.
 */
const FIRST = 20_000;
const END = 32_768;

/** Each process takes ports of its own share, so that labs of several processes do not take one another's either. */
const SHARE = 128;
const SHARES = Math.floor((END - FIRST) / SHARE);

let next = randomInt(SHARE);

/** Ports to try, one after the other; the last is 0, for any that is free. */
export function* portsToTry(): Generator<number> {
  const first = FIRST + (process.pid % SHARES) * SHARE;
  for (let tried = 0; tried < SHARE; tried += 1) {
    next = (next + 1) % SHARE;
    yield first + next;
  }
  yield 0;
}
