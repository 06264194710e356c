import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import config from '../../jest.mutation.config';

const root = join(__dirname, '../..');

/** A pattern for each choice in braces. */
function choicesOf(pattern: string): string[] {
  const [, before, choices, after] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(pattern) ?? [];
  return choices === undefined
    ? [pattern]
    : choices.split(',').flatMap((choice) => choicesOf(`${before}${choice}${after}`));
}

/** A file or folder of the project. */
const placeOf = (pattern: string): string => pattern.replace('<rootDir>/', '').replace(/\/[^/]*[*].*$/, '');

const mutated = [...readFileSync(join(root, 'stryker.config.mjs'), 'utf8').matchAll(/^ {4}'([^'!]+\.ts)',$/gm)];

// A test that is not found there notices no change, and nothing tells.
test.each([...config.testMatch!, ...mutated.map(([, pattern]) => pattern)].flatMap(choicesOf).map(placeOf))(
  '%s, which mutation testing names, is there',
  (place) => {
    expect(existsSync(join(root, place))).toBe(true);
  },
);
