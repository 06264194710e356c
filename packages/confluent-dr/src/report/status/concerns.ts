import {
  otherRole,
  type PairObservation,
  type Role,
  ROLES,
  type TopicObservation,
} from '../../observe/pair-observation';
import { servingOfPair } from '../../observe/serving';
import { type Situation, situationOf } from '../../observe/situation';
import { tellsAll } from '../../observe/topic-lag';
import { type Direction } from '../../plan/failover-request';
import { type Plan, type RefusalCode } from '../../plan/plan';
import { plan } from '../../plan/planner';
import { type ControlPlaneHealth } from '../../probe/control-plane';
import { proxyFindings } from '../../probe/findings';
import { isRefusal } from '../../probe/probe-result';
import { instancesIn } from '../../probe/proxy-report';
import { type AclVerdicts, type LagTargets, type MemberStatus } from './member-status';

/** Reasons that the planner does not have: what it would not refuse, and needs a look all the same. */
export const OWN_CONCERN_CODES = [
  'under-way',
  'stuck',
  'topics-on-both-sides',
  'mirror-paused',
  'not-followed',
  'lag-records',
  'lag-time',
  'lag-unknown',
  /** The mirror has not as many partitions as its source. */
  'partitions-differ',
  /** The mirror is ACTIVE, and tells an error. */
  'mirror-error',
  /** The link is ACTIVE, and tells an error. */
  'link-error',
  'acls-denied',
  'acls-unknown',
  'task-in-error',
  'exporter-stopped',
  'exporters-unknown',
  'unmirrored',
  'topics-unknown',
  'control-plane-away',
  'control-plane-declines',
  'proxy-vms-differ',
  /** The proxy lets clients in to the member that does not serve, and keeps them from the one that does. */
  'clients-elsewhere',
  /** The proxy blocks the member that serves. */
  'clients-blocked',
] as const;
export type ConcernCode = RefusalCode | (typeof OWN_CONCERN_CODES)[number];

/** Something that needs a look, in data; the words for it are the edge's. */
export interface Concern {
  readonly code: ConcernCode;
  /** The member that it is about. @default - both, or the link between them */
  readonly on?: Role;
  /** By their names on the primary. */
  readonly topics?: readonly string[];
  /** What the service said, or which of several it is: a task, an exporter, a kind of failure. */
  readonly told?: string;
  readonly records?: number;
}

export interface Judged {
  readonly observation: PairObservation;
  readonly members: Readonly<Record<Role, MemberStatus>>;
  readonly acls: AclVerdicts;
  readonly targets: LagTargets;
  /** Topics whose mirrors did not get within the target's time what their sources had. @default - not measured */
  readonly late?: readonly string[];
  /** Members whose list of topics was not told. */
  readonly unlisted: readonly Role[];
  readonly controlPlane: ControlPlaneHealth;
  /** The text of the stack's output proxy_report. @default - not known */
  readonly proxyReport?: string;
  /** The one member that the proxy lets clients in to. @default - both, or it is not known */
  readonly access?: Role;
}

/** Both procedures as they would be planned now, on the side that is not active. */
export interface Foreseen {
  readonly active: Role;
  readonly planned: Plan;
  readonly unplanned: Plan;
}

/** The active member is that of most topics; where none tells, the one that answers. */
export function activeMember(observation: PairObservation): Role {
  const serving = servingOfPair(observation);
  if (serving === 'primary' || serving === 'secondary') {
    return serving;
  }
  const votes = observation.topics.map((topic) => activeOf(situationOf(topic)));
  const [primary, secondary] = ROLES.map((role) => votes.filter((vote) => vote === role).length);
  if (primary === secondary) {
    return observation.members.primary.dataPlane.kind === 'answers' ||
      observation.members.secondary.dataPlane.kind !== 'answers'
      ? 'primary'
      : 'secondary';
  }
  return primary > secondary ? 'primary' : 'secondary';
}

function activeOf(situation: Situation): Role | undefined {
  switch (situation.kind) {
    case 'source-unseen':
    case 'source-missing':
      return otherRole(situation.standby);
    case 'reversing':
      return situation.to;
    case 'stopping':
      return situation.on;
    case 'restoring':
      return otherRole(situation.on);
    default:
      return 'active' in situation ? situation.active : undefined;
  }
}

export const directionTo = (role: Role): Direction => (role === 'secondary' ? 'failover' : 'failback');

/** A planned switch-over and an unplanned one, planned with nobody's leave for anything. */
export function foreseen(observation: PairObservation, { missing }: Pick<AclVerdicts, 'missing'>): Foreseen {
  const active = activeMember(observation);
  const direction = directionTo(otherRole(active));
  return {
    active,
    planned: plan(observation, { direction, procedure: 'planned', missingAcls: missing }),
    unplanned: plan(observation, {
      direction,
      procedure: 'unplanned',
      allow: { unplannedWhileActiveAnswers: true },
    }),
  };
}

/** Whether a planned switch-over would move everything now: one operation, on every topic. */
export const movesAll = ({ planned }: Foreseen): boolean =>
  planned.kind === 'plan' &&
  planned.refusals.length === 0 &&
  planned.done.length === 0 &&
  planned.steps.every((step) => step.kind === 'operate' && step.operation === 'reverse-and-start-mirror');

/** Records that an unplanned failover would lose, as far as the mirrors know; undefined where it would not do all. */
export function lossOf({ unplanned }: Foreseen): number | undefined {
  const { kind, refusals, done, steps } = unplanned;
  const isWhole = kind === 'plan' && refusals.length === 0 && done.length === 0;
  const lost = steps.flatMap((step) =>
    step.kind === 'operate' && step.loss.kind === 'not-mirrored' ? step.loss.atLeast : [],
  );
  return isWhole ? lost.reduce((sum, { records }) => sum + records, 0) : undefined;
}

/** All that keeps the pair from being well; none only if both procedures would do what they should. */
export function concernsOf(judged: Judged, { active, planned, unplanned }: Foreseen): Concern[] {
  const { observation, members, acls, unlisted, controlPlane, access, proxyReport = '' } = judged;
  const silent = ROLES.flatMap((role) => silence(role, members[role]));
  const refusals = [...planned.refusals, ...unplanned.refusals]
    // What a member that is gone hides is told of that member.
    .filter(({ code }) => silent.length === 0 || !HIDDEN.includes(code))
    .map(({ code, topic }) => ({ code, topic }));
  return [
    ...silent,
    ...grouped(refusals),
    ...unfinished(planned),
    ...displaced(observation, active, planned),
    ...lagConcerns(judged, unplanned, silent.length > 0),
    ...partitionConcerns(observation),
    ...ROLES.flatMap((role) => errorConcerns(role, observation)),
    ...aclConcerns(acls, silent),
    ...ROLES.flatMap((role) => [...taskConcerns(role, members[role]), ...exporterConcerns(role, members[role])]),
    ...unlisted.map((on): Concern => ({ code: 'topics-unknown', on })),
    ...unmirrored(observation),
    ...controlPlaneConcerns(controlPlane),
    ...proxyFindings(proxyReport).map(({ told }): Concern => ({ code: 'proxy-vms-differ', told })),
    ...accessConcerns(observation, access),
    ...blockConcerns(observation, proxyReport),
  ];
}

function accessConcerns(observation: PairObservation, access?: Role): Concern[] {
  const serving = servingOfPair(observation);
  return access !== undefined && serving === otherRole(access) ? [{ code: 'clients-elsewhere', on: serving }] : [];
}

/** A block that was to end by itself is over when its time is. Where VMs differ, that is what has to be mended. */
export function blockConcerns(observation: Pick<PairObservation, 'topics'>, proxyReport: string): Concern[] {
  const serving = servingOfPair(observation);
  const instances = proxyFindings(proxyReport).length > 0 ? [] : instancesIn(proxyReport);
  return (instances ?? [])
    .filter(({ name, blocked }) => name === serving && blocked !== 'none')
    .filter(({ until }) => until === undefined || !(Date.parse(until) <= Date.now()))
    .map(({ name, blocked, until }) => ({
      code: 'clients-blocked',
      on: name as Role,
      told: until === undefined ? blocked : `${blocked} until ${until}`,
    }));
}

function controlPlaneConcerns(health: ControlPlaneHealth): Concern[] {
  return health.kind === 'fails'
    ? [{ code: isRefusal(health.code) ? 'control-plane-declines' : 'control-plane-away', told: health.code }]
    : [];
}

const HIDDEN: readonly ConcernCode[] = ['member-away', 'member-declines', 'link-unknown', 'topic-unknown'];

function silence(on: Role, { presence, dataPlane }: MemberStatus): Concern[] {
  return presence === 'answers'
    ? []
    : [{ code: presence === 'away' ? 'member-away' : 'member-declines', on, told: dataPlane.kind }];
}

function grouped(items: readonly { readonly code: ConcernCode; readonly topic?: string }[]): Concern[] {
  const byCode = new Map<ConcernCode, Set<string>>();
  for (const { code, topic } of items) {
    const topics = byCode.get(code) ?? new Set();
    byCode.set(code, topic === undefined ? topics : topics.add(topic));
  }
  return [...byCode].map(([code, topics]) => ({ code, ...(topics.size > 0 && { topics: [...topics] }) }));
}

/** What is under way, or would have to be done before. */
function unfinished({ steps }: Plan): Concern[] {
  return steps.flatMap((step): Concern[] => {
    if (step.kind === 'wait') {
      return [{ code: step.hindrance === undefined ? 'under-way' : 'stuck', topics: step.topics }];
    }
    const topics = step.kind === 'operate' ? step.topics.map(({ name }) => name) : [];
    return step.kind === 'operate' && step.operation === 'resume' ? [{ code: 'mirror-paused', topics }] : [];
  });
}

/** Topics that are active already where the others would have to go. */
function displaced({ topics }: PairObservation, active: Role, { done }: Plan): Concern[] {
  const moved = topics.filter(({ name }) => done.includes(name));
  const names = (those: readonly TopicObservation[]): string[] => those.map(({ name }) => name);
  const replicating = moved.filter((topic) => situationOf(topic).kind === 'replicating');
  const others = moved.filter((topic) => !replicating.includes(topic));
  return [
    ...(replicating.length > 0
      ? [{ code: 'topics-on-both-sides', on: otherRole(active), topics: names(replicating) } as const]
      : []),
    ...(others.length > 0 ? [{ code: 'not-followed', on: otherRole(active), topics: names(others) } as const] : []),
  ];
}

function lagConcerns({ observation, targets, late = [] }: Judged, unplanned: Plan, isSilent: boolean): Concern[] {
  const concerns: Concern[] = [];
  const lost = unplanned.steps.flatMap((step) =>
    step.kind === 'operate' && step.loss.kind === 'not-mirrored' ? step.loss.atLeast : [],
  );
  const records = lost.reduce((sum, each) => sum + each.records, 0);
  if (records > targets.records) {
    concerns.push({ code: 'lag-records', records, topics: [...new Set(lost.map(({ topic }) => topic))] });
  }
  if (late.length > 0) {
    concerns.push({ code: 'lag-time', topics: late });
  }
  const untold = isSilent ? [] : observation.topics.filter(hasUntoldLag).map(({ name }) => name);
  return untold.length > 0 ? [...concerns, { code: 'lag-unknown', topics: untold }] : concerns;
}

/** A mirror that follows, and does not tell of every partition that it has how far. */
const hasUntoldLag = ({ sides }: TopicObservation): boolean =>
  ROLES.some((role) => {
    const side = sides[role];
    return side.kind === 'mirror' && side.status === 'ACTIVE' && !tellsAll(side);
  });

/** What is in partitions that the mirror lacks, no lag tells of. */
function partitionConcerns({ topics }: PairObservation): Concern[] {
  const names = topics
    .filter(({ sides: { primary, secondary } }) => {
      return 'partitions' in primary && 'partitions' in secondary && primary.partitions !== secondary.partitions;
    })
    .map(({ name }) => name);
  return names.length > 0 ? [{ code: 'partitions-differ', topics: names }] : [];
}

/** Errors that a service tells beside a state that is as it should be; any other state is a concern by itself. */
function errorConcerns(on: Role, { members, topics }: PairObservation): Concern[] {
  const { link } = members[on];
  const ofLink = link.kind === 'link' && link.state === 'ACTIVE' && !link.paused ? link : undefined;
  const told = [ofLink?.error, ofLink?.errorMessage].filter((text) => text !== undefined).join(': ');
  const byError = new Map<string, string[]>();
  for (const { name, sides } of topics) {
    const side = sides[on];
    if (side.kind === 'mirror' && side.status === 'ACTIVE' && side.error !== undefined) {
      byError.set(side.error, [...(byError.get(side.error) ?? []), name]);
    }
  }
  return [
    ...(ofLink?.error === undefined ? [] : [{ code: 'link-error', on, told } as const]),
    ...[...byError].map(([error, names]): Concern => ({ code: 'mirror-error', on, told: error, topics: names })),
  ];
}

function aclConcerns({ denied, unknown }: AclVerdicts, silent: readonly Concern[]): Concern[] {
  return [
    ...ROLES.flatMap((on): Concern[] => {
      const told = denied[on] ?? [];
      return told.length > 0 ? [{ code: 'acls-denied', on, told: told.join('; ') }] : [];
    }),
    ...unknown
      // No key would make a member tell that does not answer.
      .filter((role) => !silent.some(({ on }) => on === role))
      .map((on): Concern => ({ code: 'acls-unknown', on })),
  ];
}

function taskConcerns(on: Role, { presence, link }: MemberStatus): Concern[] {
  if (presence !== 'answers' || link.kind !== 'link') {
    return [];
  }
  return link.tasks
    .filter(({ state }) => state === 'IN_ERROR')
    .map(({ name, errors }) => ({
      code: 'task-in-error',
      on,
      told: `${name}: ${errors.map(({ message }) => message).join('; ') || 'no error is told'}`,
    }));
}

const EXPORTS: readonly string[] = ['RUNNING', 'STARTING'];

function exporterConcerns(on: Role, { presence, exporters }: MemberStatus): Concern[] {
  if (exporters === undefined) {
    return [];
  }
  if (exporters.kind === 'unknown') {
    return presence === 'away' ? [] : [{ code: 'exporters-unknown', on, told: exporters.cause }];
  }
  return exporters.exporters
    .filter(({ state }) => !EXPORTS.includes(state))
    .map(({ name, state, trace }) => ({
      code: 'exporter-stopped',
      on,
      told: `${name} is ${state}${trace ? `: ${trace.split('\n')[0]}` : ''}`,
    }));
}

function unmirrored({ unmirrored: topics = [] }: PairObservation): Concern[] {
  return topics.length === 0 ? [] : [{ code: 'unmirrored', topics: topics.map(({ name }) => name) }];
}
