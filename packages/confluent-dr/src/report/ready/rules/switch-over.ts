import { READY_RULES } from '../ready-rules';
import { broken, met, type Reason, type Rule, silence, unknown } from '../rule';

/** What the service itself says to each operation, which no look at the pair can tell. */
export const SWITCH_OVER: Rule = {
  ...READY_RULES.switchOver,
  judge(facts) {
    const { switchOver } = facts;
    if (switchOver === undefined) {
      const silent = silence(facts);
      return unknown(...(silent.length > 0 ? silent : [{ code: 'switch-over-not-asked' } as const]));
    }
    const { refusals, objections } = switchOver;
    // What it says to many topics alike is one reason.
    const alike = new Map<string, Reason>();
    for (const { on, topic, message: told = '' } of objections) {
      const key = JSON.stringify([on, told]);
      const names = [...(alike.get(key)?.names ?? []), topic];
      alike.set(key, { code: 'operation-objected', on, names, ...(told && { told }) });
    }
    const reasons: Reason[] = [
      ...[...new Set(refusals)].map((told): Reason => ({ code: 'switch-over-refused', told })),
      ...alike.values(),
    ];
    return reasons.length > 0 ? broken(...reasons) : met;
  },
};
