import { byConcerns, type Rule } from '../rule';

export const LINK_TASKS: Rule = {
  id: 'DR002',
  title: 'No task of the link is in error, and the link works',
  judge(facts) {
    return byConcerns(
      facts,
      ['task-in-error', 'link-absent', 'link-different', 'link-failed', 'link-paused', 'link-unavailable'],
      ['link-unknown'],
    );
  },
};
