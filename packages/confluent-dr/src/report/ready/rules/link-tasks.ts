import { READY_RULES } from '../ready-rules';
import { byConcerns, type Rule } from '../rule';

export const LINK_TASKS: Rule = {
  ...READY_RULES.linkTasks,
  judge(facts) {
    return byConcerns(
      facts,
      [
        'task-in-error',
        'link-absent',
        'link-different',
        'link-error',
        'link-failed',
        'link-paused',
        'link-unavailable',
      ],
      ['link-unknown'],
    );
  },
};
