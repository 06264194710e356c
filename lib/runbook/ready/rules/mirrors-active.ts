import { isSteady } from '../../status';
import { broken, met, silentMembers, unknown, type Rule } from '../rule';

export const MIRRORS_ACTIVE: Rule = {
  id: 'DR003',
  title: 'Every mirror is ACTIVE',
  judge(facts) {
    const silent = silentMembers(facts);
    if (silent.length > 0) {
      return unknown(...silent.map((role) => `the ${role} does not tell`));
    }
    const { topics } = facts.status;
    const others = topics.filter((topic) => !isSteady(topic)).map(({ topic }) => topic);
    return topics.length === 0 ? unknown('no topics were seen') : others.length > 0 ? broken(...others) : met;
  },
};
