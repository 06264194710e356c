import { ROLES } from '../../../observe/pair-observation';
import { READY_RULES } from '../ready-rules';
import { byConcerns, notApplicable, type Rule } from '../rule';

export const EXPORTERS: Rule = {
  ...READY_RULES.exporters,
  judge(facts) {
    const { members } = facts.status;
    const isNone = ROLES.every((role) => {
      const { exporters } = members[role];
      return exporters === undefined || (exporters.kind === 'known' && exporters.exporters.length === 0);
    });
    const areSilent = ROLES.some((role) => members[role].presence !== 'answers');
    return isNone && !areSilent
      ? notApplicable('no-exporters')
      : byConcerns(facts, ['exporter-stopped'], ['exporters-unknown']);
  },
};
