import { broken, met, type Rule } from '../rule';

export const TERRAFORM_PLAN: Rule = {
  id: 'DR012',
  title: 'Nothing is in the way of the next terraform plan',
  judge(facts) {
    const { plan } = facts.status.terraform;
    return plan.length > 0 ? broken(...plan.map(({ cause }) => cause)) : met;
  },
};
