import { ROLES } from '../../pair';
import { broken, met, unknown, type Rule, withoutProxy } from '../rule';

export const PROXY_HOSTS: Rule = {
  id: 'DR009',
  title: 'The proxy leads every host of both clusters to the right place',
  judge({ health, isLab }) {
    if (isLab) {
      return withoutProxy;
    }
    const passages = ROLES.flatMap((role) => health.members[role].passages).filter(({ way }) => way === 'proxy');
    const wrong = passages.filter(({ outcome }) => outcome === 'stranger' || outcome === 'no-connection');
    if (wrong.length > 0) {
      return broken(...wrong.map(({ host, port }) => `${host}:${port}`));
    }
    const untried = passages.filter(({ outcome }) => outcome === 'not-tried');
    return untried.length > 0 ? unknown(...new Set(untried.map(({ detail }) => detail))) : met;
  },
};
