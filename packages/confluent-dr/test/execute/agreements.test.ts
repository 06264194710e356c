import { Agreements } from '../../src/execute/intent';
import { type Question } from '../../src/execute/operation-run';

const question = (topics: readonly string[], records: number, kind: Question['kind'] = 'discard'): Question => ({
  kind,
  records: [{ topic: topics[0], partition: 0, records }],
  step: {
    kind: 'operate',
    operation: 'truncate-and-restore',
    on: 'primary',
    link: 'orders-dr',
    topics: topics.map((name) => ({ name, nameThere: name })),
    until: { primary: 'ACTIVE' },
    loss: { kind: 'discarded' },
    confirmations: [],
  },
});

describe('what was agreed to', () => {
  const agreements = new Agreements();
  agreements.add(question(['orders', 'payments'], 7));

  test('covers the same and less', () => {
    expect(agreements.cover(question(['orders', 'payments'], 7))).toBe(true);
    expect(agreements.cover(question(['orders'], 3))).toBe(true);
  });

  test('covers no other topic, no further record, and no other question', () => {
    expect(agreements.cover(question(['orders', 'bills'], 7))).toBe(false);
    expect(agreements.cover(question(['orders'], 8))).toBe(false);
    expect(agreements.cover(question(['orders'], 7, 'switch-over'))).toBe(false);
  });
});
