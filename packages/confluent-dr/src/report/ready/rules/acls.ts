import { READY_RULES } from '../ready-rules';
import { byConcerns, type Rule } from '../rule';

export const ACLS: Rule = {
  ...READY_RULES.acls,
  judge(facts) {
    return byConcerns(facts, ['acls-missing', 'acls-denied'], ['acls-unknown']);
  },
};
