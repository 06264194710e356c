import { type Deployment } from '../deployment/deployment';
import { type Role, ROLES } from '../observe/pair-observation';
import { type CheckedMember } from './check-pair';
import { type ControlPlaneHealth } from './control-plane';
import { controlPlaneFindings, type Finding, findingsOn, findingsOnPair, proxyFindings } from './findings';
import { type FoundAddresses } from './probe';
import {
  failureOf,
  type Outcome,
  outcomeOf,
  type ProbeResult,
  type Service,
  type Untried,
  type Way,
} from './probe-result';
import { instancesIn, type ProxyTruth, proxyTruths } from './proxy-report';
import { type MemberVerdict, type ServiceHealth } from './verdict';

/** One way to one service, in a line. */
export interface ProbeReport {
  readonly way: Way;
  readonly service: Service;
  readonly host: string;
  readonly port: number;
  readonly outcome: Outcome;
  /** What answered or failed, in the words of the network or the service. @default - it was not tried */
  readonly detail?: string;
  /** Why it was not tried. @default - it was */
  readonly untried?: Untried;
  /** Whose certificate was shown. @default - TLS was not come to */
  readonly certificate?: string;
}

export interface HostReport {
  readonly host: string;
  /** Addresses, or why there are none. */
  readonly dns: FoundReport;
  readonly machine: FoundReport;
  readonly machineLeadsToProxy: boolean;
}

interface FoundReport {
  readonly addresses: readonly string[];
  readonly problem?: string;
}

export interface MemberHealthReport {
  readonly clusterId: string;
  readonly verdict: MemberVerdict;
  /** What is to be said of it, the member as a whole first. */
  readonly findings: readonly Finding[];
  readonly services: readonly ServiceHealth[];
  readonly hosts: readonly HostReport[];
  readonly passages: readonly ProbeReport[];
}

export interface HealthReport {
  /** Whether nothing needs a look. */
  readonly well: boolean;
  readonly members: Readonly<Record<Role, MemberHealthReport>>;
  readonly proxy: {
    /** @default - not known */
    readonly address?: string;
    /** What it was told, by its own report, and whether that is so; empty if there is no report. */
    readonly told: readonly ProxyTruth[];
  };
  readonly controlPlane: ControlPlaneHealth;
  /** What is to be said of both members together, and of the control plane. */
  readonly findings: readonly Finding[];
}

/** What a check knows beside what it tried of the members. */
export interface HealthFacts {
  /** The text of the stack's output proxy_report. @default - not known */
  readonly proxyReport?: string;
  /** @default - it was not asked */
  readonly controlPlane?: ControlPlaneHealth;
}

export function healthReport(
  checked: Readonly<Record<Role, CheckedMember>>,
  { proxyAddress, access }: Pick<Deployment, 'proxyAddress' | 'access'>,
  { proxyReport = '', controlPlane = { kind: 'not-asked' } }: HealthFacts = {},
): HealthReport {
  const members = ROLES.map((role) => checked[role]);
  const told = proxyTruths(instancesIn(proxyReport) ?? [], members, access?.active);
  const ofProxy = proxyFindings(proxyReport);
  const isFenced = (role: Role): boolean =>
    told.some((truth) => truth.role === role && truth.fenced === true && truth.told === 'none' && truth.agrees);
  const isWell = ({ role, services }: CheckedMember): boolean =>
    services.every(
      ({ verdict }) => verdict === 'well' || verdict === 'unknown' || (SHUT.includes(verdict) && isFenced(role)),
    );
  // With one fenced and the other blocked, the proxy does what it was told.
  const ofPair = findingsOnPair(members).filter(({ code }) => code !== 'both-blocked' || !ROLES.some(isFenced));
  return {
    well:
      members.every(isWell) &&
      told.every(({ agrees }) => agrees) &&
      ofProxy.length === 0 &&
      controlPlane.kind !== 'fails',
    members: {
      primary: memberReport(checked.primary, isFenced('primary')),
      secondary: memberReport(checked.secondary, isFenced('secondary')),
    },
    proxy: { ...(proxyAddress !== undefined && { address: proxyAddress }), told },
    controlPlane,
    findings: [...ofPair, ...ofProxy, ...controlPlaneFindings(controlPlane)],
  };
}

/** Verdicts of a member that the proxy lets nobody through to. */
const SHUT: readonly MemberVerdict[] = ['blocked', 'blocked-or-broken'];

function memberReport(member: CheckedMember, isFenced: boolean): MemberHealthReport {
  const { clusterId, verdict, services, hosts, passages } = member;
  return {
    clusterId,
    verdict,
    findings: findingsOn(member).map((finding) =>
      isFenced && finding.service === undefined && SHUT.some((code) => code === finding.code)
        ? { code: 'fenced' }
        : finding,
    ),
    services,
    hosts: hosts.map(({ host, dns, machine, machineLeadsToProxy }) => ({
      host,
      dns: foundReport(dns),
      machine: foundReport(machine),
      machineLeadsToProxy,
    })),
    passages: passages.map(probeReport),
  };
}

function foundReport({ addresses, result }: FoundAddresses): FoundReport {
  return { addresses, ...(result.kind === 'failed' && { problem: result.detail }) };
}

function probeReport(result: ProbeResult): ProbeReport {
  const { way, service, host, port, layers } = result;
  return {
    way,
    service,
    host,
    port,
    outcome: outcomeOf(result),
    ...lastWord(result),
    ...(layers.tls.kind === 'ok' && { certificate: layers.tls.detail }),
  };
}

function lastWord(result: ProbeResult): Pick<ProbeReport, 'detail' | 'untried'> {
  const { answer } = result.layers;
  const detail = failureOf(result) ?? (answer.kind === 'not-asked' ? undefined : answer.detail);
  return detail === undefined && answer.kind === 'not-asked' ? { untried: answer.because } : { detail };
}
