import { FLAG, LONG, oneOf, problemOfSetting, wholeNumber } from '../../lib/validation/setting-rule';

test('oneOf takes its words as they are written', () => {
  const rule = oneOf('delete', 'compact');
  expect(['delete', 'compact', 'Delete', 'delet', ''].map(rule.fits)).toEqual([true, true, false, false, false]);
  expect(rule.allowed).toBe("'delete' or 'compact'");
});

test('a flag is true or false', () => {
  expect(['true', 'false', 'yes'].map(FLAG.fits)).toEqual([true, true, false]);
  expect(FLAG.allowed).toBe("'true' or 'false'");
});

describe('wholeNumber', () => {
  const some = wholeNumber(-1, 100, 'ms');
  const any = wholeNumber(10, LONG, 'bytes');

  test.each(['-1', '0', '1', '99', '100'])('takes %j between its bounds', (text) => {
    expect(some.fits(text)).toBe(true);
  });

  test.each(['-2', '101', '01', '+1', '1.0', '1e2', '', ' 1', '1 ', '-0', '-10', 'x1', '1x', '0x1'])(
    'refuses %j',
    (text) => {
      expect(some.fits(text)).toBe(false);
    },
  );

  test('ends at 64 bits', () => {
    expect(['9', '10', `${LONG}`, `${LONG + 1n}`, '10000000000000000000'].map(any.fits)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  test('says an upper bound where it has one', () => {
    expect(some.allowed).toBe('a whole number from -1 to 100 (ms)');
    expect(any.allowed).toBe('a whole number of at least 10 (bytes)');
  });
});

test('problemOfSetting tells what is wrong, and nothing of what is right', () => {
  expect(problemOfSetting('config', 'true', FLAG)).toBeUndefined();
  expect(problemOfSetting('config', 7, wholeNumber(0, 10, 'ms'))).toMatchObject({ received: 7 });
  for (const received of [true, 'TRUE', null]) {
    expect(problemOfSetting('config', received, FLAG)).toEqual({
      property: 'config',
      received,
      allowed: "'true' or 'false'",
      advice: 'Write it as a text, or leave it out for the default.',
    });
  }
});
