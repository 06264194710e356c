import type { ProxyPlan } from '../../../lib/proxy/rendering/proxy-plan';

export const PAIR: ProxyPlan = {
  instances: [
    { name: 'primary', outage: 'none' },
    { name: 'secondary', outage: 'none' },
  ],
  routes: [
    { pattern: String.raw`(b[0-9]+-)?pkc-aaaaa\.westeurope\.azure\.confluent\.cloud`, instance: 'primary' },
    { pattern: String.raw`(b[0-9]+-)?pkc-bbbbb\.northeurope\.azure\.confluent\.cloud`, instance: 'secondary' },
  ],
  resolvers: ['192.0.2.53'],
};

export function withOutage(outage: string, longestOutageSeconds?: number): ProxyPlan {
  const [primary, ...others] = PAIR.instances;
  return { ...PAIR, instances: [{ ...primary, outage, longestOutageSeconds }, ...others] };
}
