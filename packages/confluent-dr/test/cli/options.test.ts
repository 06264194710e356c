import { Command } from 'commander';
import { addChangeOptions, addSessionOptions, duration } from '../../src/cli/options';

describe('duration', () => {
  test.each([
    ['90', 90_000],
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['24h', 86_400_000],
  ])('%s is %d ms', (text, milliseconds) => {
    expect(duration(text)).toBe(milliseconds);
  });

  test.each(['', '0', '0s', '-1', '5d', '25h', '1e9', 'soon', '5 m'])('%p is none', (text) => {
    expect(() => duration(text)).toThrow('Allowed is a duration of up to a day, such as 90s, 5m or 1h.');
  });
});

describe('the options of a command', () => {
  const parsed = (...words: string[]) => {
    const command = addChangeOptions(addSessionOptions(new Command())).exitOverride();
    command.configureOutput({ writeErr: () => undefined });
    return command.parse(words, { from: 'user' }).opts();
  };

  test('ask DNS and may ask the person, unless told otherwise', () => {
    expect(parsed()).toEqual({ resolver: 'dns', input: true });
    expect(parsed('--resolver', 'machine', '--no-input', '--yes', '--dry-run', '--json')).toEqual({
      resolver: 'machine',
      input: false,
      yes: true,
      dryRun: true,
      json: true,
    });
  });

  test('gather what --set says', () => {
    expect(parsed('--set', 'a=b', '--set', 'c=d')).toMatchObject({ set: ['a=b', 'c=d'] });
  });

  test('refuse another way to find hosts', () => {
    expect(() => parsed('--resolver', 'hosts')).toThrow(/Allowed choices are dns, machine/);
  });
});
