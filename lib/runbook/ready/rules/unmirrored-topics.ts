import { byConcerns, type Rule } from '../rule';

export const UNMIRRORED_TOPICS: Rule = {
  id: 'DR001',
  title: 'Every topic has a mirror or was said to be left out',
  judge(facts) {
    return byConcerns(facts, ['unmirrored'], ['topics-unknown']);
  },
};
