import { spawn } from 'node:child_process';
import { withDrillLock } from '../../src/cli/drill-lock';
import { NothingDone } from '../../src/cli/exit';
import { type Deployment } from '../../src/deployment/deployment';
import { TYPESCRIPT_HOOK } from '../../../../test/support/processes-of-sources';
import { eventually, Program } from '../../../../test/support/waiting';

type Pair = Pick<Deployment, 'members'>;

/** Names that no other test, and no drill on this machine, has. */
const pairOf = (name: string, url = 'https://pkc-11111.invalid:443'): Pair => {
  const member = (role: string) => ({ clusterId: `lkc-${name}-${role}-${process.pid}`, restEndpoint: url });
  return { members: { primary: member('primary'), secondary: member('secondary') } } as unknown as Pair;
};

const done = (pair: Pair): Promise<string> => withDrillLock(pair, () => Promise.resolve('done'));

describe('A drill has its pair to itself on a machine:', () => {
  test('of two that begin at once one is refused, which names the other and its journal', async () => {
    const begin = (name: string): Promise<string> =>
      withDrillLock(pairOf('race'), async (lock) => {
        lock.journal = () => `/drills/${name}.json`;
        await new Promise((resolve) => setTimeout(resolve, 500));
        return name;
      });
    const [one, other] = await Promise.allSettled([begin('one'), begin('other')]);
    const [won, lost] = one.status === 'fulfilled' ? [one, other] : [other, one];
    expect(won.status).toBe('fulfilled');
    const { value } = won as PromiseFulfilledResult<string>;
    const reason: unknown = (lost as PromiseRejectedResult).reason;
    expect(reason).toBeInstanceOf(NothingDone);
    expect((reason as Error).message).toBe(
      `nothing was done: a drill of this pair goes on, as process ${process.pid}, by its journal /drills/${value}.json. ` +
        `Wait for its end, or end it: kill -INT ${process.pid}`,
    );
  });

  test('until it ends, be it by an error', async () => {
    const pair = pairOf('ended');
    await expect(withDrillLock(pair, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([await done(pair), await done(pair)]).toEqual(['done', 'done']);
  });

  test('while its process stands still, and no longer once that is killed', async () => {
    const pair = pairOf('killed');
    const script = `const { withDrillLock } = require(${JSON.stringify(require.resolve('../../src/cli/drill-lock'))});
      withDrillLock(${JSON.stringify(pair)}, () => new Promise(() => setInterval(() => console.log('held'), 10)));`;
    const child = spawn(process.execPath, ['--require', TYPESCRIPT_HOOK, '-e', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const holder = new Program(child, 'the holder');
    try {
      await eventually(
        () => holder.said,
        (said) => said.includes('held'),
        { what: 'its lock', died: holder.died },
      );
      await expect(done(pair)).rejects.toThrow(`goes on, as process ${child.pid}. Wait`);
      child.kill('SIGSTOP');
      await expect(done(pair)).rejects.toThrow('goes on, on this machine');
    } finally {
      child.kill('SIGKILL');
      await holder.ended();
    }
    expect(await done(pair)).toBe('done');
  });

  test('a drill of another pair goes on beside it, and of a lab whose clusters are called the same', async () => {
    const both = (one: Pair, other: Pair): Promise<string> => withDrillLock(one, () => done(other));
    const lab = (port: number): Pair => pairOf('lab', `http://127.0.0.1:${port}`);
    await expect(both(pairOf('a'), pairOf('b'))).resolves.toBe('done');
    await expect(both(lab(1), lab(2))).resolves.toBe('done');
    await expect(both(lab(1), lab(1))).rejects.toThrow(NothingDone);
    // By which of its addresses it is reached is the same.
    await expect(both(pairOf('c'), pairOf('c', 'https://lkc-c.private.invalid'))).rejects.toThrow(NothingDone);
  });
});
