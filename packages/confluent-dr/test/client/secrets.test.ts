import { inspect } from 'node:util';
import { Secrets } from '../../src/client/endpoint';

const secrets = new Secrets({ key: 'KEY', secret: 'S3cret/+=' });
const ENCODED = Buffer.from('KEY:S3cret/+=').toString('base64');

describe('Secrets', () => {
  test('make the header', () => {
    expect(secrets.authorization).toBe(`Basic ${ENCODED}`);
  });

  test.each([
    [`you sent Basic ${ENCODED}`, 'you sent Basic ***'],
    ['the secret S3cret/+= of KEY, S3cret/+=', 'the secret *** of KEY, ***'],
    [`${ENCODED}${ENCODED}S3cret/+=`, '*********'],
    ['S3cret', 'S3cret'],
    ['', ''],
  ])('hide themselves in %j', (text, hidden) => {
    expect(secrets.hiddenIn(text)).toBe(hidden);
  });

  test('hide the encoded form also where the secret is a part of it', () => {
    const part = new Secrets({ key: 'a', secret: 'YTp' });
    expect(part.hiddenIn(part.authorization)).toBe('Basic ***');
  });

  test('without a secret put nothing between the letters', () => {
    expect(new Secrets({ key: 'KEY', secret: '' }).hiddenIn('told')).toBe('told');
  });

  test('are in nothing that is printed', () => {
    for (const printed of [
      inspect(secrets, { depth: 9, showHidden: true }),
      JSON.stringify(secrets),
      JSON.stringify({ ...secrets }),
    ]) {
      expect(printed).not.toContain('S3cret');
      expect(printed).not.toContain(ENCODED);
    }
  });
});
