import { byConcerns, type Rule } from '../rule';

export const LAG: Rule = {
  id: 'DR004',
  title: 'Mirrors are no further behind than the target',
  judge(facts) {
    return byConcerns(facts, ['lag-records', 'lag-time'], ['lag-unknown', 'no-topics']);
  },
};
