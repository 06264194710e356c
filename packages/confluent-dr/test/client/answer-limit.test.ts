import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { HttpClient } from '../../src/client/http-client';
import { pauseOfRunningTime, runningTime } from '../../src/client/answer-limit';
import { answeringServer, closeServers } from './support/answering-server';

afterEach(closeServers);

/** Nothing happens in this process meanwhile. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('a limit of running time', () => {
  test('is over after its milliseconds', async () => {
    const begun = performance.now();
    await once(runningTime(100).signal, 'abort');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(90);
  });

  test('is not over because the process stood still', async () => {
    const { signal } = runningTime(100);
    standStill(300);
    await turn();
    await turn();
    expect(signal.aborted).toBe(false);
    await once(signal, 'abort');
  });

  test('is never over once it was ended', async () => {
    const { signal, end } = runningTime(20);
    end();
    await pauseOfRunningTime(200);
    expect(signal.aborted).toBe(false);
  });
});

test('an answer that came while the process stood still is taken', async () => {
  const url = await answeringServer((_, response) => {
    response.end('{}');
    standStill(1500);
  });
  const client = new HttpClient({ url, credentials: { key: 'k', secret: 's' }, timeLimits: { answerMs: 1000 } });
  try {
    const { status } = await client.send({ method: 'GET', path: '/', effect: 'read' });
    expect(status).toBe(200);
  } finally {
    await client.close();
  }
});
