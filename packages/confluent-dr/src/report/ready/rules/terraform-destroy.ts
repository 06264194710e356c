import { READY_RULES } from '../ready-rules';
import { broken, met, type Rule } from '../rule';

export const TERRAFORM_DESTROY: Rule = {
  ...READY_RULES.terraformDestroy,
  judge(facts) {
    const { destroy } = facts.status.terraform;
    return destroy.length > 0
      ? broken(...destroy.map(({ code, on, topics, told }) => ({ code, ...(on && { on }), names: topics, told })))
      : met;
  },
};
