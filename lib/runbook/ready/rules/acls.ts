import { byConcerns, type Rule } from '../rule';

export const ACLS: Rule = {
  id: 'DR005',
  title: 'Every ACL that a reversal needs is there',
  judge(facts) {
    return byConcerns(facts, ['acls-missing', 'acls-denied'], ['acls-unknown']);
  },
};
