import { Proxy } from '../../harness/proxy';
import { startWorld } from '../../harness/proxy-lab';
import { OriginalProxy } from './original-proxy';
import { PROPERTIES, type Subject } from './properties';

jest.setTimeout(900_000);

const CASES = Object.entries(PROPERTIES);

describe('What the hand-written proxy got wrong', () => {
  describe('ours has it right', () => {
    let subject: Subject & { stop(): Promise<void> };

    beforeAll(async () => {
      const world = await startWorld();
      subject = { ...world, ...NOT_STARTED };
      const proxy = await Proxy.start(world.network);
      Object.assign(subject, {
        block: () => proxy.outage('primary', 'reject'),
        lift: () => proxy.outage('primary', 'none'),
        applyAgain: () => proxy.outage('primary', 'none'),
      });
    });
    afterAll(() => subject?.stop());

    test.each(CASES)('%s', async (_what, property) => {
      expect.hasAssertions();
      await property(subject);
    });
  });

  describe('the same assertions fail on it', () => {
    let subject: Subject & { stop(): Promise<void> };

    beforeAll(async () => {
      const world = await startWorld();
      subject = { ...world, ...NOT_STARTED };
      const proxy = await OriginalProxy.start(world.network);
      Object.assign(subject, {
        block: () => proxy.block(),
        lift: () => proxy.lift(),
        applyAgain: () => proxy.applyAgain(),
      });
    });
    afterAll(() => subject?.stop());

    test.each(CASES)('not: %s', async (_what, property) => {
      await expect(property(subject)).rejects.toThrow(/expect\(/);
    });
  });
});

const notStarted = (): Promise<never> => Promise.reject(new Error('the proxy was not started'));
const NOT_STARTED = { block: notStarted, lift: notStarted, applyAgain: notStarted };
