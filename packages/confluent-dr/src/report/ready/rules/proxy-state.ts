import { READY_RULES } from '../ready-rules';
import { broken, met, notApplicable, type Reason, type Rule, unknown } from '../rule';

export const PROXY_STATE: Rule = {
  ...READY_RULES.proxyState,
  judge({ health, noProxy }) {
    const { told } = health.proxy;
    if (noProxy && told.length === 0) {
      return notApplicable(noProxy);
    }
    if (told.length === 0) {
      return unknown({ code: 'proxy-not-seen' });
    }
    const wrong = told
      .filter(({ agrees }) => !agrees)
      .map(({ role: on, told: wished, fenced, seen }): Reason => {
        return { code: 'proxy-disagrees', on, told: `${fenced ? 'fenced' : wished}, ${seen}` };
      });
    return wrong.length > 0 ? broken(...wrong) : met;
  },
};
