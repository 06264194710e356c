import { READY_RULES } from '../ready-rules';
import { broken, byConcerns, met, notApplicable, type Reason, type Rule, unknown } from '../rule';

export const CLIENT_ACCESS: Rule = {
  ...READY_RULES.clientAccess,
  judge(facts) {
    const { health, noProxy, status } = facts;
    const serving = byConcerns(facts, ['clients-elsewhere', 'clients-blocked']);
    if (serving.verdict === 'broken') {
      return serving;
    }
    const { told } = health.proxy;
    if (told.length === 0) {
      return noProxy ? notApplicable(noProxy) : unknown({ code: 'proxy-not-seen' });
    }
    // Nobody could move to a member that is blocked. Of a block that is not seen, DR010 tells.
    const blocked = told
      .filter(({ role, told: block, seen }) => role !== status.serving && block !== 'none' && seen === 'blocked')
      .map(({ role: on, told: block }): Reason => ({ code: 'standby-blocked', on, told: block }));
    return blocked.length > 0 ? broken(...blocked) : met;
  },
};
