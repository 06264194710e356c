import { READY_RULES } from '../ready-rules';
import { broken, met, type Rule } from '../rule';

export const TERRAFORM_PLAN: Rule = {
  ...READY_RULES.terraformPlan,
  judge(facts) {
    const { plan } = facts.status.terraform;
    return plan.length > 0
      ? broken(...plan.map(({ code, on, topics, told }) => ({ code, ...(on && { on }), names: topics, told })))
      : met;
  },
};
