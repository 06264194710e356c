import { broken, met, unknown, type Rule } from '../rule';

export const GROUP_FILTERS: Rule = {
  id: 'DR006',
  title: 'The offsets of every group in use are synced',
  judge(facts) {
    const { groupsLeftOut } = facts;
    if (groupsLeftOut === undefined) {
      return unknown('groups or the filters of the link are not told');
    }
    return groupsLeftOut.length > 0 ? broken(...groupsLeftOut) : met;
  },
};
