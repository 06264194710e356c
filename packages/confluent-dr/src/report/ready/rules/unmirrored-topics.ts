import { READY_RULES } from '../ready-rules';
import { byConcerns, type Rule } from '../rule';

export const UNMIRRORED_TOPICS: Rule = {
  ...READY_RULES.unmirroredTopics,
  judge(facts) {
    return byConcerns(facts, ['unmirrored'], ['topics-unknown']);
  },
};
