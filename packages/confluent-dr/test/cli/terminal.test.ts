import { NothingDone } from '../../src/cli/exit';
import { confirm, look, Progress } from '../../src/cli/terminal';
import { PLAIN } from '../../src/words/text-style';
import { fakeTerminal } from './support/fake-terminal';

type Given = [question: object, context: { readonly signal: AbortSignal }];
const asked = jest.fn<Promise<boolean>, Given>();
jest.mock('@inquirer/prompts', () => ({ confirm: (...given: Given) => asked(...given) }));

type Streams = Parameters<typeof look>[0];
const streams = (stdout: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv = {}) =>
  ({ stdout, env }) as unknown as NonNullable<Streams>;

describe('look', () => {
  const tty = { isTTY: true, columns: 80 };
  test('paints on a terminal', () => {
    const { width, paint } = look(streams(tty));
    expect(width).toBe(80);
    expect(paint('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  });

  test.each<[string, { isTTY?: boolean }, NodeJS.ProcessEnv]>([
    ['without a terminal', {}, {}],
    ['with NO_COLOR', tty, { NO_COLOR: '1' }],
    ['on a dumb terminal', tty, { TERM: 'dumb' }],
  ])('paints nothing %s', (_, stdout, env) => {
    expect(look(streams(stdout, env)).paint).toBe(PLAIN);
  });

  test.each<[number, { columns?: number }, NodeJS.ProcessEnv]>([
    [100, {}, {}],
    [140, {}, { COLUMNS: '140' }],
    [60, { columns: 60 }, { COLUMNS: '140' }],
    [40, { columns: 3 }, {}],
    [100, {}, { COLUMNS: 'wide' }],
  ])('is %d columns wide for %p and %p', (width, stdout, env) => {
    expect(look(streams(stdout, env)).width).toBe(width);
  });
});

describe('Progress', () => {
  const written = (stream: { isTTY?: boolean; columns?: number }, tell: (progress: Progress) => void): string => {
    let text = '';
    const write = (more: string): boolean => !!(text += more);
    tell(new Progress({ ...stream, write } as unknown as NodeJS.WriteStream));
    return text;
  };

  test('writes a line for each change where there is no terminal', () => {
    const text = written({}, (progress) => {
      ['1 of 2', '1 of 2', '2 of\n  2'].forEach((each) => progress.tell(each));
      progress.end();
    });
    expect(text).toBe('1 of 2\n2 of 2\n');
  });

  test('writes one line over and over on a terminal, cut to fit, and takes it away', () => {
    const text = written({ isTTY: true, columns: 8 }, (progress) => {
      progress.tell('1 of 2');
      progress.tell('a long line');
      progress.end();
      progress.end();
    });
    expect(text.split('\r\u001b[2K')).toEqual(['', '1 of 2', 'a long…', '']);
  });
});

describe('confirm', () => {
  test('asks nobody who said yes', async () => {
    expect(await confirm('Go on?', { yes: true, input: false })).toBe(true);
  });

  describe('where there is a terminal', () => {
    let restore: () => void;
    beforeEach(() => {
      restore = fakeTerminal(process.stdin, process.stderr);
    });
    afterEach(() => restore());

    test.each([true, false])('asks on standard error, no being the default: %p', async (answer) => {
      asked.mockResolvedValue(answer);
      expect(await confirm('Go on?', {})).toBe(answer);
      const signal = expect.any(AbortSignal) as AbortSignal;
      expect(asked).toHaveBeenCalledWith({ message: 'Go on?', default: false }, { output: process.stderr, signal });
    });

    test.each<[string, (interrupt: () => void) => void]>([
      ['what was given', (interrupt) => interrupt()],
      ['SIGINT', () => process.emit('SIGINT')],
      ['SIGTERM', () => process.emit('SIGTERM')],
    ])('leaves no question standing: %s', async (_, send) => {
      const controller = new AbortController();
      asked.mockImplementation((...[, { signal }]) => {
        const left = new Promise<boolean>((_, reject) =>
          signal.addEventListener('abort', () => reject(Object.assign(new Error(), { name: 'AbortPromptError' }))),
        );
        send(() => controller.abort());
        return left;
      });
      const listeners = process.listenerCount('SIGINT');
      await expect(confirm('Go on?', {}, controller.signal)).rejects.toMatchObject({ code: 130 });
      expect(process.listenerCount('SIGINT')).toBe(listeners);
    });

    test('asks nobody who said --no-input', async () => {
      await expect(confirm('Go on?', { input: false })).rejects.toThrow('Give --yes to answer yes.');
    });

    test.each(['ExitPromptError', 'AbortPromptError'])('takes Ctrl-C and a signal for the end: %s', async (name) => {
      asked.mockRejectedValue(Object.assign(new Error('closed'), { name }));
      await expect(confirm('Go on?', {})).rejects.toMatchObject({ code: 130 });
    });
  });

  test.each([{ input: false }, {}])('refuses where there is no one to ask: %p', async (consent) => {
    const asking = confirm('Go on?', consent);
    await expect(asking).rejects.toThrow(NothingDone);
    await expect(asking).rejects.toThrow('nothing was done: "Go on?" has to be answered');
  });
});
