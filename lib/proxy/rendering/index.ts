/**
 * The proxy's files as a function of values, `cdktf-confluent-dr/proxy-rendering`: without constructs and without a
 * provider, for a proxy on any host; and the settings of clients that find the active member behind it.
 */
export { checkedHost, clusterPatterns, DERIVABLE_HOST, exactHost } from '../../server-names/server-name-pattern';
export { type Client, CLIENTS, clientSettings, type ClientSettings, KEY_VARIABLES } from './client-settings';
export { planErrors } from './plan-rules';
export { type ProxyCapacity, type ProxyInstance, type ProxyPlan, type ProxyRoute } from './proxy-plan';
export { type ProxyFile, renderConvergeScript, renderProxyFiles } from './render';
