import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endingOf, eventually, isAlive, Program } from './waiting';

const started = (script: string): Program =>
  new Program(spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'], detached: true }), 'the shell');

describe('waiting for what is to come', () => {
  test('gives what was looked for', async () => {
    let looks = 0;
    expect(
      await eventually(
        () => (looks += 1),
        (seen) => seen === 3,
      ),
    ).toBe(3);
  });

  test('fails after the limit, with what was seen last', async () => {
    const waiting = eventually(
      () => Promise.resolve(['half']),
      () => false,
      { what: 'the whole', limitMs: 30 },
    );
    await expect(waiting).rejects.toThrow('the whole did not come: not within 30 ms; last: ["half"]');
  });

  test.each([
    ['echo half >&2; exit 7', /ended with 7, and said:\n\| half\n; last: "half\\n"/],
    ['echo half; kill -9 $$', /ended by SIGKILL, and said:\n\| half\n/],
    // Somebody else has its outputs still.
    ['echo half; sleep 600 & exit 0', /ended with 0, and said:\n\| half\n/],
  ])('fails as soon as the process has ended that was to bring it: %s', async (script, words) => {
    const program = started(script);
    const waiting = eventually(
      () => program.said,
      (said) => said.includes('whole'),
      { what: 'the whole', died: program.died, limitMs: 200_000 },
    );
    await expect(waiting).rejects.toThrow(words);
    if (script.includes('sleep')) {
      process.kill(-program.child.pid!, 'SIGKILL');
    }
  });

  test.each([
    ['it has ended: at once', () => Promise.resolve('at once')],
    ['it has failed: no room', () => Promise.reject<string>(new Error('no room'))],
  ])('fails as soon as the work has ended that was to go on: %s', async (words, work) => {
    const waiting = eventually(
      () => 'half',
      () => false,
      { died: endingOf(work(), String), limitMs: 200_000 },
    );
    await expect(waiting).rejects.toThrow(`it did not come: ${words}; last: "half"`);
  });

  test('counts what a process did last', async () => {
    const program = started('echo whole');
    await once(program.child, 'close');
    expect(program.died()).toMatch(/^the shell has ended with 0, and said:\n\| whole/);
    expect(await eventually(() => program.said, Boolean, { died: program.died })).toBe('whole\n');
  });
});

describe('waiting for the end of a process', () => {
  test('gives how it ended, also if that was before', async () => {
    const program = started('exit 7');
    expect(await program.ended()).toEqual({ code: 7, signal: null });
    expect(await program.ended()).toEqual({ code: 7, signal: null });
    const killed = started('kill -9 $$');
    expect(await killed.ended()).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('kills one that does not end, and says what it said', async () => {
    const program = started('echo here; exec sleep 600');
    await eventually(() => program.said, Boolean);
    await expect(program.ended(30)).rejects.toThrow('the shell does not end within 30 ms. It said:\n| here\n');
    expect(await program.ended()).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('says of a program that is not there that it is not', async () => {
    const program = new Program(spawn('no-such-program-at-all'), 'the program');
    await program.ended();
    expect(program.died()).toContain('no-such-program-at-all ENOENT');
  });
});

test('a process that has ended is not alive, also while nobody asks for its end', async () => {
  // The first shell becomes one that does not wait for its child.
  const program = started('sleep 0 & echo $!; exec sleep 600');
  const pid = Number(await eventually(() => program.said, Boolean));
  await eventually(
    () => isAlive(pid),
    (alive) => !alive,
  );
  expect([isAlive(pid), isAlive(program.child.pid!)]).toEqual([false, true]);
  program.child.kill('SIGKILL');
  await program.ended();
  await eventually(
    () => isAlive(program.child.pid!),
    (alive) => !alive,
  );
});
