import { change, find, get } from '../../src/schema/path';
import { Unknown } from '../../src/schema/value';

const machine = {
  name: 'vm',
  nic: [
    { address: 'a', tag: [{ key: 1 }] },
    { address: 'b', tag: [] },
  ],
};

describe('a pattern', () => {
  test('finds an attribute, and that of each block', () => {
    expect(find(machine, 'name')).toEqual([{ path: ['name'], value: 'vm' }]);
    expect(find(machine, 'nic.address')).toEqual([
      { path: ['nic', 0, 'address'], value: 'a' },
      { path: ['nic', 1, 'address'], value: 'b' },
    ]);
    expect(find(machine, 'nic.tag.key')).toEqual([{ path: ['nic', 0, 'tag', 0, 'key'], value: 1 }]);
  });

  test.each(['size', 'name.size', 'nic.size'])('finds nothing where there is none: %s', (pattern) => {
    expect(find(machine, pattern)).toEqual([]);
  });

  test('changes each place it means in a copy', () => {
    const before = structuredClone(machine);
    const changed = change(machine, 'nic.address', (value) => `${value as string}!`);
    expect(changed.nic).toMatchObject([{ address: 'a!' }, { address: 'b!' }]);
    expect(machine).toEqual(before);
    expect(change(machine, 'size', () => 'new')).toBe(machine);
  });
});

describe('a path', () => {
  test('leads to one value, to none, or into what is unknown', () => {
    expect(get(machine, ['nic', 1, 'address'])).toBe('b');
    expect(get(machine, ['nic', 2, 'address'])).toBeUndefined();
    expect(get({ nic: Unknown.value }, ['nic', 0])).toBe(Unknown.value);
  });
});
