import { broken, met, type Rule } from '../rule';

export const TERRAFORM_DESTROY: Rule = {
  id: 'DR013',
  title: 'A terraform destroy would delete copies alone',
  judge(facts) {
    const { destroy } = facts.status.terraform;
    return destroy.length > 0 ? broken(...destroy.map(({ cause }) => cause)) : met;
  },
};
