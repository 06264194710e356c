import { READY_RULES } from '../ready-rules';
import { byProxy, type Reason, type Rule } from '../rule';

export const CLIENT_ACCESS: Rule = {
  ...READY_RULES.clientAccess,
  judge(facts) {
    // Nobody could move to a member that is blocked. Of a block that is not seen, DR010 tells.
    return byProxy(facts, ['clients-elsewhere', 'clients-blocked'], (told) =>
      told
        .filter(
          ({ role, told: block, seen }) => role !== facts.status.serving && block !== 'none' && seen === 'blocked',
        )
        .map(({ role: on, told: block }): Reason => ({ code: 'standby-blocked', on, told: block })),
    );
  },
};
