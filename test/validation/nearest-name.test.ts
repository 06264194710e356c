import { didYouMean, nearestName } from '../../lib/validation/nearest-name';

const KNOWN = ['cleanup.policy', 'retention.ms', 'retention.bytes', 'cku'];

test.each([
  ['cleanup.policy', 'cleanup.policy'],
  ['cleanup_policy', 'cleanup.policy'],
  ['Cleanup-Policy', 'cleanup.policy'],
  ['CleanupPolicies', 'cleanup.policy'],
  ['retention', 'retention.ms'],
  ['etention.ms', 'retention.ms'],
  ['rretention.ms', 'retention.ms'],
  ['retentionxms', 'retention.ms'],
  ['ckus', 'cku'],
  ['ck', 'cku'],
  ['k9u', undefined],
  ['c', undefined],
  ['clean', undefined],
  ['segment.ms', undefined],
  ['', undefined],
])('of %j the nearest is %s', (received, expected) => {
  expect(nearestName(received, KNOWN)).toBe(expected);
});

test.each([
  // Two of eight letters may differ, and no third.
  ['abcdefgh', 'abcdefxy', true],
  ['abcdefgh', 'abcdexyz', false],
  ['abcdefg', 'abcdexy', false],
  ['abcdefg', 'abcdefx', true],
])('%s is near %s: %s', (received, known, near) => {
  expect(nearestName(received, [known])).toBe(near ? known : undefined);
});

test('without known names there is none', () => {
  expect(nearestName('a', [])).toBeUndefined();
});

test('of two at the same distance it is the first', () => {
  expect(nearestName('ab', ['ax', 'ay'])).toBe('ax');
});

test('didYouMean asks, or says nothing', () => {
  expect(didYouMean('clenup.policy', KNOWN)).toBe("Did you mean 'cleanup.policy'? ");
  expect(didYouMean('nonsense', KNOWN)).toBe('');
  expect(didYouMean(undefined, KNOWN)).toBe('');
  expect(didYouMean(['cku'], KNOWN)).toBe('');
});
