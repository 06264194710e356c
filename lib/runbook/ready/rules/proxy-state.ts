import { broken, met, unknown, type Rule } from '../rule';

export const PROXY_STATE: Rule = {
  id: 'DR010',
  title: 'The proxy does what it was told',
  judge(facts) {
    const { told } = facts.health.proxy;
    if (told.length === 0) {
      return unknown('the proxy has not reported, or nothing was seen that would tell');
    }
    const wrong = told.filter(({ agrees }) => !agrees);
    return wrong.length > 0 ? broken(...wrong.map(({ text }) => text)) : met;
  },
};
