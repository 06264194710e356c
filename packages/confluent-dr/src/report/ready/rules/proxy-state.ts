import { READY_RULES } from '../ready-rules';
import { broken, byConcerns, met, notApplicable, type Reason, type Rule, unknown } from '../rule';

export const PROXY_STATE: Rule = {
  ...READY_RULES.proxyState,
  judge(facts) {
    const { health, noProxy } = facts;
    const differing = byConcerns(facts, ['proxy-vms-differ']);
    if (differing.verdict === 'broken') {
      return differing;
    }
    const { told } = health.proxy;
    if (told.length === 0) {
      return noProxy ? notApplicable(noProxy) : unknown({ code: 'proxy-not-seen' });
    }
    const wrong = told
      .filter(({ agrees }) => !agrees)
      .map(({ role: on, told: wished, fenced, seen }): Reason => {
        return { code: 'proxy-disagrees', on, told: `${fenced ? 'fenced' : wished}, ${seen}` };
      });
    return wrong.length > 0 ? broken(...wrong) : met;
  },
};
