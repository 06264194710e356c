import { spawn } from 'node:child_process';
import { TYPESCRIPT_HOOK } from '../../../../test/support/processes-of-sources';
import { eventually, Program } from '../../../../test/support/waiting';
import { LabFolder } from '../../src/background/lab-folder';
import { withLabLock } from '../../src/background/lab-lock';

const folder = new LabFolder(`/nowhere/lock-${process.pid}`);
const unasked = () => {
  throw new Error('nobody else is at it');
};

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the lock of a lab', () => {
  test('lets in one after the other, and tells who has to wait', async () => {
    const events: string[] = [];
    let finish!: () => void;
    const first = withLabLock(
      folder,
      async () => {
        events.push('first begins');
        await new Promise<void>((resolve) => (finish = resolve));
        events.push('first ends');
      },
      unasked,
    );
    await eventually(() => events.length, Boolean);
    const waits: Promise<void>[] = [];
    const others = ['second', 'third'].map((name) => {
      let told!: () => void;
      waits.push(new Promise((resolve) => (told = resolve)));
      return withLabLock(
        folder,
        async () => {
          events.push(`${name} begins`);
          told();
          await turn();
          events.push(`${name} ends`);
        },
        told,
      );
    });
    await Promise.all(waits);
    expect(events).toEqual(['first begins']);
    finish();
    await Promise.all([first, ...others]);
    const order = events[2] === 'second begins' ? ['second', 'third'] : ['third', 'second'];
    expect(events).toEqual(['first', ...order].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  test('is free again after work that failed, and is one for each folder', async () => {
    const failing = withLabLock(folder, () => Promise.reject(new Error('no nginx')), unasked);
    await expect(failing).rejects.toThrow('no nginx');
    const inner = () => withLabLock(new LabFolder(`${folder.path}-2`), () => Promise.resolve(7), unasked);
    expect(await withLabLock(folder, inner, unasked)).toBe(7);
  });

  test('goes with a process that is killed', async () => {
    const program = `
      const { LabFolder } = require('./src/background/lab-folder');
      const { withLabLock } = require('./src/background/lab-lock');
      const work = () => { console.log('has it'); return new Promise(() => setInterval(() => undefined, 1000)); };
      void withLabLock(new LabFolder(${JSON.stringify(folder.path)}), work, () => undefined);`;
    const child = spawn(process.execPath, ['-r', TYPESCRIPT_HOOK, '-e', program], {
      cwd: `${__dirname}/../..`,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const holder = new Program(child, 'the holder');
    try {
      await eventually(
        () => holder.said,
        (said) => said.includes('has it'),
        { what: 'its lock', died: holder.died },
      );
      const first = await new Promise<string>((resolve, reject) => {
        withLabLock(
          folder,
          () => Promise.resolve(resolve('entered')),
          () => resolve('told to wait'),
        ).catch(reject);
      });
      expect(first).toBe('told to wait');
    } finally {
      child.kill('SIGKILL');
    }
    expect(
      await withLabLock(
        folder,
        () => Promise.resolve('in'),
        () => undefined,
      ),
    ).toBe('in');
  });
});
