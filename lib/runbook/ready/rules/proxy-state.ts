import { broken, met, unknown, type Rule, withoutProxy } from '../rule';

export const PROXY_STATE: Rule = {
  id: 'DR010',
  title: 'The proxy does what it was told',
  judge({ health, isLab }) {
    const { told } = health.proxy;
    if (isLab) {
      return withoutProxy;
    }
    if (told.length === 0) {
      return unknown('the proxy has not reported, or nothing was seen that would tell');
    }
    const wrong = told.filter(({ agrees }) => !agrees);
    return wrong.length > 0
      ? broken(...wrong.map(({ role, told: wish, seen }) => `${role}: told ${wish}, and is ${seen}`))
      : met;
  },
};
