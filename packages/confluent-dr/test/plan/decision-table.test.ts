import { type FailoverRequest } from '../../src/plan/failover-request';
import { plan } from '../../src/plan/planner';
import { pairOf, SIDE_WORDS, type Sides } from './support/observations';

const REQUESTS: Record<string, FailoverRequest> = {
  'a planned failover': { direction: 'failover', procedure: 'planned' },
  'an unplanned failover': { direction: 'failover', procedure: 'unplanned' },
  'an unplanned failover, whatever the other side says': {
    direction: 'failover',
    procedure: 'unplanned',
    allow: { unplannedWhileActiveAnswers: true, endPromotion: true },
  },
  'a planned failback': { direction: 'failback', procedure: 'planned', allow: { truncation: true } },
};

/** A value in one line, without what is the same in every row or empty. */
function inBrief(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) =>
    ['cause', 'topic', 'topics', 'link'].includes(key) || (Array.isArray(part) && part.length === 0) ? undefined : part,
  ).replace(/["]|lkc-/g, '');
}

/** What is decided, each followed by the pairs of sides for which it is. */
function table(request: FailoverRequest): string {
  const rows = new Map<string, string[]>();
  for (const primary of SIDE_WORDS) {
    for (const secondary of SIDE_WORDS) {
      const sides: Sides = { primary, secondary };
      const made = plan(pairOf({ sides }), request);
      expect(made.target).toBe(request.direction === 'failover' ? 'secondary' : 'primary');
      expect(made.procedure).toBe(request.procedure);
      const decided = inBrief({ ...made, target: undefined, procedure: undefined });
      rows.set(decided, [...(rows.get(decided) ?? []), `${primary}/${secondary}`]);
    }
  }
  return [...rows].map(([decided, sides]) => `${decided}\n  ${sides.join(' ')}`).join('\n');
}

test.each(Object.entries(REQUESTS))('%s, by what there is on the primary and on the secondary', (_what, request) => {
  expect(table(request)).toMatchSnapshot();
});
