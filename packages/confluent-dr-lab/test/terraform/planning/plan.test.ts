import { type BlockSchema } from '../../../src/schema/schema';
import { Unknown, type Value } from '../../../src/schema/value';
import { plan, settle } from '../../../src/terraform/planning/plan';
import {
  between,
  broken,
  keysOf,
  matching,
  notEmpty,
  oneOf,
  type ResourcePlanning,
  type Rule,
} from '../../../src/terraform/planning/rules';

const block: BlockSchema = {
  attributes: {
    id: { type: 'string', optional: true, computed: true },
    name: { type: 'string', required: true },
    location: { type: 'string', optional: true },
    size: { type: 'number', optional: true },
    note: { type: 'string', optional: true },
    open: { type: 'bool', optional: true },
  },
  block_types: {
    disk: {
      nesting_mode: 'list',
      block: {
        attributes: { path: { type: 'string', required: true }, serial: { type: 'string', computed: true } },
      },
    },
  },
};
const unknown = Unknown.value;
const proposed = { id: null, name: 'a', location: null, size: null, note: null, open: null, disk: [] };
const prior = { ...proposed, id: 'id-1' };

describe('a plan', () => {
  test('leaves blocks that the service fills in to it, and keeps what it filled in', () => {
    const rules: ResourcePlanning = { computedBlocks: ['disk'], forceNew: ['disk'] };
    expect(plan(block, rules, null, proposed).planned?.disk).toBe(unknown);
    const [filled, given] = [[{ path: '/a', serial: '1' }], [{ path: '/b', serial: null }]];
    expect(plan(block, rules, { ...prior, disk: filled }, proposed)).toMatchObject({
      planned: { disk: filled },
      requiresReplace: [],
    });
    expect(plan(block, rules, null, { ...proposed, disk: given }).planned?.disk).toMatchObject([{ path: '/b' }]);
  });

  test('of something new leaves to the apply what only the cloud knows, inside blocks too', () => {
    const { planned, requiresReplace } = plan(block, {}, null, { ...proposed, disk: [{ path: '/a', serial: null }] });
    expect(planned).toEqual({ ...proposed, id: unknown, disk: [{ path: '/a', serial: unknown }] });
    expect(requiresReplace).toEqual([]);
  });

  test('of a change keeps what the cloud told, and does not know it of a block that is new', () => {
    const before = { ...prior, disk: [{ path: '/a', serial: 's-1' }] };
    const disk = [
      { path: '/b', serial: null },
      { path: '/c', serial: null },
    ];
    expect(plan(block, {}, before, { ...proposed, disk }).planned).toEqual({
      ...prior,
      disk: [
        { path: '/b', serial: 's-1' },
        { path: '/c', serial: unknown },
      ],
    });
  });

  test('of a deletion is nothing', () => {
    expect(plan(block, { forceNew: ['name'] }, prior, null)).toEqual({ planned: null, requiresReplace: [] });
  });

  test('fills in defaults, which a value goes before', () => {
    const planning = { defaults: { size: 4 } };
    expect(plan(block, planning, null, proposed).planned?.size).toBe(4);
    expect(plan(block, planning, null, { ...proposed, size: 0 }).planned?.size).toBe(0);
  });

  test.each<[string, string, Value]>([
    ['an empty text', 'note', ''],
    ['a flag that is false', 'open', false],
  ])('takes %s and none for the same', (_, name, value) => {
    const before = { ...prior, [name]: value };
    expect(plan(block, { forceNew: [name] }, before, proposed)).toEqual({ planned: before, requiresReplace: [] });
  });

  test('takes a flag that is false for a change where the default is true', () => {
    const planning = { defaults: { open: true } };
    expect(plan(block, planning, { ...prior, open: false }, proposed).planned?.open).toBe(true);
  });

  test.each<[string, ResourcePlanning]>([
    ['another spelling', { normalize: { location: (text) => text.toLowerCase() } }],
    ['a difference that is none', { suppress: { location: () => true } }],
  ])('has no replacement for %s', (_, how) => {
    const planning = { forceNew: ['location'], ...how };
    const before = { ...prior, location: 'west' };
    expect(plan(block, planning, before, { ...proposed, location: 'West' })).toEqual({
      planned: before,
      requiresReplace: [],
    });
  });

  test('replaces for what cannot change in place, and says where', () => {
    const before = { ...prior, disk: [{ path: '/a', serial: 's-1' }] };
    const changed = { ...proposed, name: 'b', size: 1, disk: [{ path: '/b', serial: null }] };
    expect(plan(block, { forceNew: ['name', 'disk.path'] }, before, changed).requiresReplace).toEqual([
      ['name'],
      ['disk', 0, 'path'],
    ]);
  });

  test('names the block where one has come', () => {
    const changed = { ...proposed, disk: [{ path: '/b', serial: null }] };
    expect(plan(block, { forceNew: ['disk.path'] }, prior, changed).requiresReplace).toEqual([['disk']]);
  });

  test('replaces for an unknown value, which may be another', () => {
    expect(plan(block, { forceNew: ['name'] }, prior, { ...proposed, name: unknown }).requiresReplace).toEqual([
      ['name'],
    ]);
  });
});

test('what was unknown is settled by the answer, and null where there is none', () => {
  const planned = { id: unknown, name: 'a', disk: [{ serial: unknown }, { serial: unknown }] };
  expect(settle(planned, { id: 'id-1', name: 'other', disk: [{ serial: 's-1' }] })).toEqual({
    id: 'id-1',
    name: 'a',
    disk: [{ serial: 's-1' }, { serial: null }],
  });
});

describe('a rule', () => {
  test.each<[string, Rule, Value[], Value[]]>([
    ['oneOf', oneOf('Static', 'Dynamic'), ['Static'], ['static', '']],
    ['matching', matching(/^a+$/), ['aa'], ['b']],
    ['notEmpty', notEmpty, [' '], ['']],
    ['between', between(4, 30), [4, 30], [3, 31]],
    ['at least', between(1), [1, 1e9], [0]],
    ['keysOf', keysOf('a', 'b'), [{}, { a: 1 }], [{ a: 1, c: 1 }]],
  ])('%s takes its values alone', (_, rule, right, wrong) => {
    const isBroken = (value: Value) => broken({ value: rule }, { value }).length === 1;
    expect([...right, null, unknown].map(isBroken)).not.toContain(true);
    expect(wrong.map(isBroken)).not.toContain(false);
  });

  test('says what was received, what is allowed and where', () => {
    const rules = { 'disk.size': between(4, 30) };
    expect(broken(rules, { disk: [{ size: 5 }, { size: 2 }] })).toEqual([
      { summary: 'Invalid value for disk.size', detail: 'Received 2; allowed is between 4 and 30.', path: ['disk'] },
    ]);
  });
});
