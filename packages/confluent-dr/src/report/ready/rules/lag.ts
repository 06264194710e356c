import { READY_RULES } from '../ready-rules';
import { byConcerns, type Rule } from '../rule';

export const LAG: Rule = {
  ...READY_RULES.lag,
  judge(facts) {
    return byConcerns(facts, ['lag-records', 'lag-time', 'partitions-differ'], ['lag-unknown', 'no-topics']);
  },
};
