export { changeHosts, type HostsChange, type HostsWish } from './change-hosts';
export {
  DEFAULT_BROKERS,
  hostEntries,
  type HostEntry,
  hostLines,
  type MemberEndpoints,
  untoldBrokers,
  type UntoldBrokers,
} from './host-entries';
export { HostsFileProblem } from './hosts-file';
export { type OtherLine } from './hosts-text';
