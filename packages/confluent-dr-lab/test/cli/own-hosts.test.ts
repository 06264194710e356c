import { ledTo } from '../../src/cli/own-hosts';

test('every name of the brokers leads to the proxy, and that of the machine itself stays', () => {
  const hosts =
    '127.0.0.1 localhost\n127.70.1.10 pkc-1.example\n127.70.1.10 b0-pkc-1.example\n127.70.1.11 b1-pkc-1.example\n';
  expect(ledTo('127.200.1.3', hosts)).toBe(
    '127.200.1.3 pkc-1.example\n127.200.1.3 b0-pkc-1.example\n127.200.1.3 b1-pkc-1.example\n',
  );
});
