import { ROLES } from '../../../observe/pair-observation';
import { READY_RULES } from '../ready-rules';
import { broken, met, notApplicable, type Rule, unknown } from '../rule';

export const PROXY_HOSTS: Rule = {
  ...READY_RULES.proxyHosts,
  judge({ health, noProxy }) {
    if (noProxy) {
      return notApplicable(noProxy);
    }
    const passages = ROLES.flatMap((role) => health.members[role].passages).filter(({ way }) => way === 'proxy');
    const placesOf = (...outcomes: readonly string[]): string[] =>
      passages.filter(({ outcome }) => outcomes.includes(outcome)).map(({ host, port }) => `${host}:${port}`);
    const [wrong, untried] = [placesOf('stranger', 'no-connection'), placesOf('not-tried')];
    if (wrong.length > 0) {
      return broken({ code: 'host-wrong', names: wrong });
    }
    return untried.length > 0 ? unknown({ code: 'host-not-tried', names: untried }) : met;
  },
};
