import { type HostsChange } from '../../src/proxy/hosts-file';
import { hostsText } from '../../src/words/hosts';
import { PLAIN } from '../../src/words/text-style';

const CHANGE: HostsChange = {
  action: 'apply',
  file: '/etc/hosts',
  changed: true,
  dryRun: false,
  added: ['203.0.113.7 pkc-1.a.b.c'],
  removed: ['203.0.113.7 pkc-2.a.b.c'],
  others: [{ line: 9, text: '10.0.0.1 pkc-1.a.b.c' }],
};
const textOf = (change: Partial<HostsChange>) => hostsText({ ...CHANGE, ...change }, { width: 80, paint: PLAIN });

describe('hosts', () => {
  test('tells each line that comes or goes, and who else leads there', () => {
    expect(textOf({})).toBe(
      [
        '- 203.0.113.7 pkc-2.a.b.c',
        '+ 203.0.113.7 pkc-1.a.b.c',
        'Wrote the block into /etc/hosts.',
        'Line 9 of /etc/hosts is not of this tool and stays: 10.0.0.1 pkc-1.a.b.c (the block comes first)',
      ].join('\n'),
    );
  });

  const quiet = { added: [], removed: [], others: [] };
  test.each<[string, Partial<HostsChange>]>([
    ['Would write the block into /etc/hosts.', { dryRun: true }],
    ['Took the block out of /etc/hosts.', { action: 'remove' }],
    ['Would take the block out of /etc/hosts.', { action: 'remove', dryRun: true }],
    ['/etc/hosts has these lines already.', { changed: false }],
    ['/etc/hosts has no such block.', { action: 'remove', changed: false }],
  ])('%s', (text, change) => {
    expect(textOf({ ...quiet, ...change })).toBe(text);
  });

  test('does not say that a block comes first which is gone', () => {
    expect(textOf({ action: 'remove' })).toMatch(/stays: 10\.0\.0\.1 pkc-1\.a\.b\.c$/);
  });
});
