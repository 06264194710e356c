import { READY_RULES } from '../ready-rules';
import { byProxy, type Reason, type Rule } from '../rule';

export const PROXY_STATE: Rule = {
  ...READY_RULES.proxyState,
  judge(facts) {
    return byProxy(facts, ['proxy-vms-differ'], (told) =>
      told
        .filter(({ agrees }) => !agrees)
        .map(({ role: on, told: wished, fenced, seen }): Reason => {
          return { code: 'proxy-disagrees', on, told: `${fenced ? 'fenced' : wished}, ${seen}` };
        }),
    );
  },
};
