import { byConcerns, type Rule } from '../rule';

export const EXPORTERS: Rule = {
  id: 'DR008',
  title: 'Every schema exporter runs',
  judge(facts) {
    return byConcerns(facts, ['exporter-stopped'], ['exporters-unknown']);
  },
};
