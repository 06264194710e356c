import { conform } from '../../src/schema/conform';
import { type BlockSchema } from '../../src/schema/schema';
import { Unknown, type ValueObject } from '../../src/schema/value';

const block: BlockSchema = {
  attributes: {
    name: { type: 'string', required: true },
    zones: { type: ['set', 'string'], optional: true },
    ranges: { type: ['list', 'string'], optional: true },
    tags: { type: ['map', 'string'], optional: true },
    rule: { type: ['set', ['object', { port: 'number', to: 'string' }]], optional: true },
  },
  block_types: {
    disk: { nesting_mode: 'list', block: { attributes: { size: { type: 'number', optional: true } } } },
    timeouts: { nesting_mode: 'single', block: { attributes: { read: { type: 'string', optional: true } } } },
    topic: { nesting_mode: 'set', block: { attributes: { name: { type: 'string', required: true } } } },
  },
};
const empty = { name: null, zones: null, ranges: null, tags: null, rule: null, disk: [], timeouts: null, topic: [] };

describe('conform', () => {
  test('fills what is missing: null, and no blocks', () => {
    expect(conform(block, {})).toEqual(empty);
  });

  test('drops what the schema does not know, inside too', () => {
    const given = { name: 'a', colour: 'red', disk: [{ size: 1, colour: 'red' }] };
    expect(conform(block, given)).toEqual({ ...empty, name: 'a', disk: [{ size: 1 }] });
  });

  test('sorts sets and frees them of what is there twice, and leaves lists alone', () => {
    const twice = ['b', 'a', 'b'];
    expect(conform(block, { zones: twice, ranges: twice })).toMatchObject({ zones: ['a', 'b'], ranges: twice });
  });

  test('does so in sets of objects and of blocks, and gives each object all its attributes', () => {
    const given: ValueObject = {
      rule: [{ port: 2 }, { port: 1, to: 'x', more: 1 }, { port: 2 }],
      topic: [{ name: 'a' }, { name: 'a' }],
    };
    expect(conform(block, given)).toMatchObject({
      rule: [
        { port: 1, to: 'x' },
        { port: 2, to: null },
      ],
      topic: [{ name: 'a' }],
    });
  });

  test('keeps what is unknown, also two of them in a set', () => {
    const unknown = Unknown.value;
    const given = { name: unknown, zones: [unknown, unknown], disk: unknown };
    expect(conform(block, given)).toMatchObject(given);
  });

  test('keeps the keys of a map', () => {
    expect(conform(block, { tags: { team: 'a', cost: 'b' } }).tags).toEqual({ team: 'a', cost: 'b' });
  });
});
