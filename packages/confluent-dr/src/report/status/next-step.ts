import { otherRole, type PairObservation, type Role, ROLES } from '../../observe/pair-observation';
import { situationOf } from '../../observe/situation';
import { plan } from '../../plan/planner';
import { type Concern, type ConcernCode, directionTo, type Foreseen } from './concerns';

/** The one command to run next, as words after `confluent-dr`, and the concern that it is about. */
export interface NextStep {
  readonly because: ConcernCode;
  readonly on?: Role;
  readonly command: readonly string[];
}

export interface NextStepFacts {
  readonly concerns: readonly Concern[];
  readonly foreseen: Foreseen;
  readonly observation: PairObservation;
}

/** The worst first: what comes later cannot be mended before, or matters less. */
export const BY_URGENCY = [
  'member-away',
  'member-declines',
  'no-topics',
  'link-absent',
  'link-different',
  'link-prefix',
  'stuck',
  'transition-blocked',
  'under-way',
  'clients-elsewhere',
  'clients-blocked',
  'acls-denied',
  'acls-missing',
  'link-failed',
  'link-unavailable',
  'link-paused',
  'link-unknown',
  'link-error',
  'both-stopped',
  'both-mirrors',
  'truncation-not-allowed',
  'not-followed',
  'source-missing',
  'source-unavailable',
  'mirror-failed',
  'mirror-error',
  'mirror-paused',
  'topics-on-both-sides',
  'foreign-mirror',
  'not-mirrored',
  'topic-elsewhere-only',
  'topic-missing',
  'topic-unknown',
  'active-answers',
  'active-declines',
  'older-records',
  'lag-records',
  'lag-time',
  'lag-unknown',
  'partitions-differ',
  'task-in-error',
  'exporter-stopped',
  'exporters-unknown',
  'acls-unknown',
  'unmirrored',
  'topics-unknown',
  'control-plane-away',
  'control-plane-declines',
  'proxy-vms-differ',
] as const satisfies readonly ConcernCode[];

/** What to do now; undefined if nothing needs a look. The same facts give the same one step. */
export function nextStep(facts: NextStepFacts): NextStep | undefined {
  const { concerns } = facts;
  for (const code of BY_URGENCY) {
    const first = concerns.find((concern) => concern.code === code);
    if (first) {
      return { because: code, ...(first.on && { on: first.on }), command: wordsFor(first, facts) };
    }
  }
  return undefined;
}

function wordsFor(concern: Concern, facts: NextStepFacts): readonly string[] {
  const { foreseen } = facts;
  const { active } = foreseen;
  const away = directionTo(otherRole(active));
  switch (concern.code) {
    case 'member-away':
      return whereOneIsAway(facts);
    case 'member-declines':
      return whereOneDeclines(concern);
    case 'under-way':
      return ['status', '--watch'];
    case 'clients-elsewhere':
      // What has been done is not repeated; what is missing is that the proxy turns.
      return [directionTo(concern.on ?? active)];
    case 'clients-blocked':
      // The tool's block is of the primary alone.
      return concern.on === 'primary' ? ['unblock'] : ['check'];
    case 'stuck':
      // The same operation goes on from where the clusters are, and tells what it waits for.
      return lacksAcls(facts) ? ['acl', '--fix'] : [directionTo(targetUnderWay(facts)), '--planned'];
    case 'acls-missing':
      return ['acl', '--fix'];
    case 'acls-denied':
      return ['acl'];
    case 'acls-unknown':
    case 'no-topics':
    case 'link-absent':
      return ['config', 'show'];
    case 'link-different':
    case 'link-paused':
    case 'link-unknown':
    case 'task-in-error':
    case 'topic-unknown':
    case 'topics-unknown':
    case 'foreign-mirror':
    case 'not-mirrored':
    case 'topic-elsewhere-only':
    case 'topic-missing':
    case 'unmirrored':
    case 'mirror-failed':
    case 'mirror-error':
    case 'exporter-stopped':
      return ['status', '--all'];
    case 'link-failed':
    case 'link-error':
    case 'link-unavailable':
    case 'source-unavailable':
    case 'transition-blocked':
    case 'exporters-unknown':
    case 'control-plane-away':
    case 'control-plane-declines':
    case 'proxy-vms-differ':
      return ['check'];
    case 'link-prefix':
    case 'both-mirrors':
    case 'source-missing':
      return [away, '--unplanned', '--although-active-answers', '--dry-run'];
    case 'both-stopped':
      return ['failover', '--planned', '--keep', 'primary', '--dry-run'];
    case 'truncation-not-allowed':
    case 'not-followed':
      // The standby is made a mirror again by going there, which shows first what would be discarded.
      return [away, '--planned', '--dry-run'];
    case 'topics-on-both-sides':
      return [directionTo(active), '--planned'];
    case 'mirror-paused':
    case 'partitions-differ':
    case 'active-answers':
    case 'active-declines':
    case 'older-records':
      return [away, '--planned', '--dry-run'];
    case 'lag-records':
    case 'lag-time':
    case 'lag-unknown':
      return ['lag'];
  }
}

/** Where one member is left, the planner knows what it can do by itself; where none is, or nothing, somebody has to look. */
function whereOneIsAway({ concerns, observation }: NextStepFacts): readonly string[] {
  const [survivor, ...others] = ROLES.filter(
    (role) => !concerns.some(({ code, on }) => code === 'member-away' && on === role),
  );
  if (survivor === undefined || others.length > 0) {
    return ['check'];
  }
  const direction = directionTo(survivor);
  const kindOf = (endPromotion: boolean) =>
    plan(observation, { direction, procedure: 'unplanned', allow: { endPromotion } }).kind;
  switch (kindOf(false)) {
    case 'plan':
      return [direction, '--unplanned'];
    case 'wait':
      return kindOf(true) === 'plan' ? [direction, '--unplanned', '--end-promotion'] : ['status', '--watch'];
    case 'done':
      return ['status', '--watch'];
    case 'refusal':
      return ['check'];
  }
}

const REFUSED_KEYS: readonly string[] = ['unauthorized', 'forbidden'];

function whereOneDeclines({ told = '' }: Concern): readonly string[] {
  return REFUSED_KEYS.includes(told) ? ['config', 'show'] : told === 'throttled' ? ['status'] : ['check'];
}

const lacksAcls = ({ concerns }: NextStepFacts): boolean => concerns.some(({ code }) => code === 'acls-missing');

function targetUnderWay({ observation, foreseen }: NextStepFacts): Role {
  for (const topic of observation.topics) {
    const situation = situationOf(topic);
    if (situation.kind === 'reversing') {
      return situation.to;
    }
    if (situation.kind === 'stopping' || situation.kind === 'restoring') {
      return situation.on;
    }
  }
  return otherRole(foreseen.active);
}
