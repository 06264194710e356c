export { type AddressesOfHost, type FoundAddresses } from './addresses';
export { askControlPlane, type ControlPlaneHealth } from './control-plane';
export { FAILURE_CODES, type FailureCode, isRefusal } from './failure-code';
export {
  controlPlaneFindings,
  type Finding,
  FINDING_CODES,
  type FindingCode,
  findingsOn,
  findingsOnPair,
} from './findings';
export { type CheckedMember, type CheckOptions, checkPair, type HostAddresses, type LabWays } from './check-pair';
export { type MemberHealth, type MemberVerdict, type ServiceHealth } from './member-verdict';
export { type Outcome } from './outcome';
export {
  type Layer,
  type LayerResult,
  LAYERS,
  type Passage,
  type Service,
  type Untried,
  type Way,
  WAYS,
} from './passage';
export { type Block, instancesIn, type ProxyTruth, proxyTruths, type ReportedInstance } from './proxy-report';
export {
  type HealthReport,
  healthReport,
  type HostReport,
  type MemberHealthReport,
  type PassageReport,
} from './report';
export { type ServiceVerdict } from './service-verdict';
