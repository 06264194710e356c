import { broken, met, silentMembers, unknown, type Rule } from '../rule';

export const KEYS: Rule = {
  id: 'DR007',
  title: 'Both clusters take their API keys',
  judge(facts) {
    const silent = silentMembers(facts).map((role) => ({ role, kind: facts.status.members[role].dataPlane.kind }));
    const refused = silent.filter(({ kind }) => kind === 'unauthorized' || kind === 'forbidden');
    if (refused.length > 0) {
      return broken(...refused.map(({ role, kind }) => `${role}: ${kind}`));
    }
    return silent.length > 0 ? unknown(...silent.map(({ role }) => `the ${role} does not tell`)) : met;
  },
};
