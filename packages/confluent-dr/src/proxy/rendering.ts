/**
 * The one door to the files of the proxy and the settings of its clients, which the constructs render too. It leads to no construct, and the build takes
 * what is behind it into this package.
 */
export {
  checkedHost,
  type Client,
  CLIENTS,
  clientSettings,
  type ClientSettings,
  clusterPatterns,
  DERIVABLE_HOST,
  exactHost,
  KEY_VARIABLES,
  planErrors,
  type ProxyCapacity,
  type ProxyFile,
  type ProxyPlan,
  type ProxyRoute,
  renderConvergeScript,
  renderProxyFiles,
} from '../../../../lib/proxy/rendering';
