import { READY_RULES } from '../ready-rules';
import { broken, met, type Rule, unknown } from '../rule';

export const GROUP_FILTERS: Rule = {
  ...READY_RULES.groupFilters,
  judge({ groupsLeftOut: names }) {
    if (names === undefined) {
      return unknown({ code: 'groups-unknown' });
    }
    return names.length > 0 ? broken({ code: 'groups-left-out', names }) : met;
  },
};
