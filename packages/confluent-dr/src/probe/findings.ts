import { type ControlPlaneHealth } from './control-plane';
import { FAILURE_CODES, type FailureCode, isAlive, isRefusal, type Outcome, type Service } from './probe-result';
import { disagreementIn } from './proxy-report';
import { type MemberHealth, type ServiceHealth } from './verdict';

/** What a check found, beside the reasons of a service's failure. */
export const FINDING_CODES = [
  ...FAILURE_CODES,
  'well',
  'unknown',
  'blocked',
  /** As it should be: another member is the active one. */
  'fenced',
  'blocked-or-broken',
  'only-through-proxy',
  'proxy-away',
  'proxy-astray',
  /** Kafka answers on no way, and its REST API lives. */
  'kafka-away',
  /** Kafka lives, and its REST API answers on no way. */
  'rest-away',
  /** Kafka and its REST API do not fare alike otherwise. */
  'mixed',
  /** Of all services of a member, the Schema Registry alone lives. */
  'registry-alone',
  'nothing-reached',
  'both-blocked',
  /** The VMs of the proxy do not do the same, or one has not told what it does. */
  'proxy-vms-differ',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** What a check found, in data; the words for it are the edge's. */
export interface Finding {
  readonly code: FindingCode;
  /** @default - the member as a whole, or the pair */
  readonly service?: Service | 'control-plane';
  /** What each VM of the proxy said. @default - it is not about them */
  readonly told?: string;
  /** The command of this tool that helps, as words after `confluent-dr`. @default - none does */
  readonly next?: readonly string[];
}

/** Reasons that are no outage of the cluster: somebody has to look at names, clocks or what stands between. */
const NO_OUTAGE: readonly FailureCode[] = [
  'host-not-found',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-wrong',
  'not-itself',
];

/** All that is to be said of one member, the member as a whole first. */
export function findingsOn(member: MemberHealth): Finding[] {
  const ofServices = (['kafka', 'rest'] as const).flatMap((name) => refusalOf(serviceOf(member, name)));
  const ofRegistry = registryFinding(member);
  // That the rest is well is not said beside what is not.
  const isTold = member.verdict === 'declines' || (member.verdict === 'well' && ofRegistry.length > 0);
  return [...(isTold ? [] : [wholeFinding(member)]), ...ofServices, ...ofRegistry];
}

const serviceOf = ({ services }: MemberHealth, name: Service): ServiceHealth | undefined =>
  services.find(({ service }) => service === name);

/** Of a service that lives: that it says no. Each way says the same, or the directer one counts. */
function refusalOf(service?: ServiceHealth): Finding[] {
  const codes = service ? [service.codes.direct, service.codes.proxy] : [];
  const code = codes.find((each) => each !== undefined && isRefusal(each));
  return service && code ? [of(code, service.service)] : [];
}

function wholeFinding(member: MemberHealth): Finding {
  const { verdict, role } = member;
  const [kafka, rest] = [serviceOf(member, 'kafka'), serviceOf(member, 'rest')];
  switch (verdict) {
    case 'blocked':
      // The tool's block is of the primary alone.
      return role === 'primary' ? { code: verdict, next: ['unblock'] } : { code: verdict };
    case 'blocked-or-broken':
      return { code: verdict, next: ['check', '--direct'] };
    case 'broken':
      return brokenFinding(member, [kafka, rest]);
    case 'mixed':
      return kafka?.verdict === 'broken'
        ? failing('kafka-away', kafka, rest)
        : rest?.verdict === 'broken'
          ? failing('rest-away', rest, kafka)
          : { code: verdict };
    case 'declines':
    case 'well':
    case 'unknown':
    case 'only-through-proxy':
    case 'proxy-away':
    case 'proxy-astray':
      return { code: verdict === 'declines' ? 'request-declined' : verdict };
  }
}

/** One service fails while the other is there, if it is no matter of a name, a clock or a stranger. */
function failing(code: 'kafka-away' | 'rest-away', service: ServiceHealth, other?: ServiceHealth): Finding {
  const reason = reasonOf(service);
  if (reason !== undefined && NO_OUTAGE.includes(reason)) {
    return of(reason, service.service);
  }
  return other && Object.values(other.outcomes).some(isAlive) ? { code, next: ['status'] } : { code: 'mixed' };
}

function brokenFinding(member: MemberHealth, services: readonly (ServiceHealth | undefined)[]): Finding {
  const reasons = new Set(
    services.flatMap((service) => (service && service.verdict === 'broken' ? [reasonOf(service)] : [])),
  );
  const [reason] = reasons;
  if (reasons.size === 1 && reason !== undefined && NO_OUTAGE.includes(reason)) {
    return of(reason);
  }
  const registry = serviceOf(member, 'schema-registry');
  const alone = registry && Object.values(registry.outcomes).some(isAlive);
  return { code: alone ? 'registry-alone' : 'away', next: ['status'] };
}

/** What is seen directly tells more than what is seen through the proxy. */
const reasonOf = ({ codes }: ServiceHealth): FailureCode | undefined => codes.direct ?? codes.proxy;

/** What is the member's own trouble is not told of its registry again. */
function registryFinding(member: MemberHealth): Finding[] {
  const registry = serviceOf(member, 'schema-registry');
  if (registry === undefined || ['well', 'unknown'].includes(registry.verdict) || registry.verdict === member.verdict) {
    return registry?.verdict === 'declines' ? refusalOf(registry) : [];
  }
  const reason = reasonOf(registry);
  switch (registry.verdict) {
    case 'declines':
      return refusalOf(registry);
    case 'broken':
      return [of(reason ?? 'away', 'schema-registry')];
    default:
      return [...refusalOf(registry), { code: registry.verdict, service: 'schema-registry' }];
  }
}

function of(code: FailureCode, service?: Finding['service']): Finding {
  const next = NEXT[code];
  return { code, ...(service && { service }), ...(next && { next }) };
}

const NEXT: Partial<Record<FailureCode, readonly string[]>> = {
  'host-not-found': ['config', 'show'],
  'not-itself': ['config', 'show'],
  'key-refused': ['config', 'show'],
  'key-forbidden': ['config', 'show'],
  'not-found': ['config', 'show'],
  'request-declined': ['config', 'show'],
  throttled: ['check'],
};

/** What is to be said of the control plane; nothing where it is well or was not asked. */
export const controlPlaneFindings = (health: ControlPlaneHealth): Finding[] =>
  health.kind === 'fails' ? [of(health.code, 'control-plane')] : [];

/** What is to be said of a proxy of several VMs by its own report. */
export function proxyFindings(report: string): Finding[] {
  const told = disagreementIn(report);
  return told === undefined ? [] : [{ code: 'proxy-vms-differ', told }];
}

const UNREACHED: readonly Outcome[] = ['no-address', 'no-connection'];

/** What only both members together tell. */
export function findingsOnPair(members: readonly MemberHealth[]): Finding[] {
  const tried = members.flatMap(({ services }) =>
    services.flatMap(({ outcomes }) => [outcomes.direct, outcomes.proxy].filter((outcome) => outcome !== 'not-tried')),
  );
  if (tried.length > 0 && tried.every((outcome) => UNREACHED.includes(outcome))) {
    return [{ code: 'nothing-reached' }];
  }
  return members.length > 1 && members.every(({ verdict }) => verdict === 'blocked') ? [{ code: 'both-blocked' }] : [];
}
