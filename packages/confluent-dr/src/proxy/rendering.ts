/**
 * The one door to the files of the proxy, which the constructs render too. It leads to no construct, and the build takes
 * what is behind it into this package.
 */
export {
  checkedHost,
  clusterPatterns,
  DERIVABLE_HOST,
  exactHost,
  planErrors,
  type ProxyCapacity,
  type ProxyFile,
  type ProxyPlan,
  type ProxyRoute,
  renderConvergeScript,
  renderProxyFiles,
} from '../../../../lib/proxy/rendering';
