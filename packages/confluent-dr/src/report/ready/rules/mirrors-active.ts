import { isSteady } from '../../status/member-status';
import { READY_RULES } from '../ready-rules';
import { broken, byConcerns, type Rule, silence, unknown } from '../rule';

export const MIRRORS_ACTIVE: Rule = {
  ...READY_RULES.mirrorsActive,
  judge(facts) {
    const silent = silence(facts);
    if (silent.length > 0) {
      return unknown(...silent);
    }
    const { topics } = facts.status;
    const names = topics.filter((topic) => !isSteady(topic)).map(({ topic }) => topic);
    if (topics.length === 0) {
      return unknown({ code: 'no-topics' });
    }
    return names.length > 0 ? broken({ code: 'not-active', names }) : byConcerns(facts, ['mirror-error']);
  },
};
