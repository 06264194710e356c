import { READY_RULES } from '../ready-rules';
import { broken, met, type Reason, type Rule, silence, silentMembers, unknown } from '../rule';

export const KEYS: Rule = {
  ...READY_RULES.keys,
  judge(facts) {
    const refused = silentMembers(facts).flatMap((on): Reason[] => {
      const { kind } = facts.status.members[on].dataPlane;
      return kind === 'unauthorized' || kind === 'forbidden' ? [{ code: 'key-refused', on, told: kind }] : [];
    });
    const silent = silence(facts);
    return refused.length > 0 ? broken(...refused) : silent.length > 0 ? unknown(...silent) : met;
  },
};
