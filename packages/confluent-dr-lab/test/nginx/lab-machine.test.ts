import { variablesOf, withoutOwnRoutes } from '../../src/nginx/lab-machine';
import { loopbackOf, publicAddressOf } from '../../src/nginx/outside';

describe('A VM of a lab that is a machine of its own', () => {
  test('sees each cluster at a public address, which leads back to the one on loopback', () => {
    expect(publicAddressOf('127.70.1.10')).toBe('20.70.1.10');
    expect(loopbackOf('20.70.1.10')).toBe('127.70.1.10');
    expect(['10.0.2.1', '168.63.129.16', '120.1.1.1', ''].map(loopbackOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('gets values with a name as variables, and no empty ones', () => {
    const parameters = [
      { name: 'OUTAGE_PRIMARY', value: 'reject' },
      { name: 'NOTHING', value: '' },
      { name: '', value: 'unnamed' },
    ];
    expect(variablesOf(parameters)).toEqual({ OUTAGE_PRIMARY: 'reject' });
  });

  test('gets its script as it is, without routes to the lab’s own addresses', () => {
    const kept = String.raw`"~*^(b[0-9]+-)?pkc-1\.westeurope\.azure\.confluent\.cloud\z" primary;`;
    const own = String.raw`"~*^127\.0\.0\.1\z" shared;`;
    expect(withoutOwnRoutes(`a\n${kept}\n${own}\n${kept}\n  ${own}\n`)).toBe(`a\n${kept}\n${kept}\n  ${own}\n`);
  });
});
