import { checkedBaseUrl } from '../../src/client/endpoint';

describe('checkedBaseUrl', () => {
  test.each([
    ['https://pkc-1.confluent.cloud:443', 'https://pkc-1.confluent.cloud'],
    ['https://pkc-1.confluent.cloud:8443/', 'https://pkc-1.confluent.cloud:8443'],
    ['HTTPS://PKC-1.confluent.cloud', 'https://pkc-1.confluent.cloud'],
    ['http://localhost:1', 'http://localhost:1'],
    ['http://[::1]:1', 'http://[::1]:1'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:1'],
    ['http://127.9.8.7', 'http://127.9.8.7'],
  ])('of %s is %s', (text, origin) => {
    expect(checkedBaseUrl(text)).toBe(origin);
  });

  test.each(['pkc-1.confluent.cloud', 'pkc-1.confluent.cloud:443', 'ftp://pkc-1.confluent.cloud', '', 'https://'])(
    'refuses %j, which is no address',
    (text) => {
      expect(() => checkedBaseUrl(text)).toThrow(
        new Error(
          `${JSON.stringify(text)} is no address of a service; give one such as https://pkc-….confluent.cloud.`,
        ),
      );
    },
  );

  test.each(['user:hush@pkc-1.a', 'hush@pkc-1.a', 'user:hu\nsh@pkc-1.a', 'a@hush@pkc-1.a'])(
    'shows nothing of what stands before the host in %j',
    (text) => {
      expect(() => checkedBaseUrl(text)).toThrow(/^"…@pkc-1\.a" is no address of a service; /);
    },
  );

  test.each(['https://user:hush@pkc-1.a', 'https://hush@pkc-1.a', 'https://:hush@pkc-1.a'])(
    'refuses %s, which holds a user or a password',
    (text) => {
      expect(() => checkedBaseUrl(text)).toThrow(
        new Error('The address of pkc-1.a holds a user or a password; give the API key by itself.'),
      );
    },
  );

  test.each(['https://pkc-1.a/kafka', 'https://pkc-1.a/?a=b', 'https://pkc-1.a#b', 'https://pkc-1.a//'])(
    'refuses %s, which has a path',
    (text) => {
      expect(() => checkedBaseUrl(text)).toThrow(new Error(`${text} has a path; give https://pkc-1.a alone.`));
    },
  );

  test.each(['http://pkc-1.a', 'http://128.0.0.1', 'http://127.a.example', 'http://localhost.example', 'http://[::2]'])(
    'refuses %s, which would send the key in clear',
    (text) => {
      expect(() => checkedBaseUrl(text)).toThrow(
        new Error(`${text} would send the API key in clear; http is for this machine alone, use https.`),
      );
    },
  );
});
