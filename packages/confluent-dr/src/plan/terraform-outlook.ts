import {
  type MirrorStatus,
  type PairObservation,
  presenceOf,
  type Role,
  ROLES,
  type TopicObservation,
} from '../observe/pair-observation';
import { servingOf } from '../observe/serving';
import { dropStaleObservations } from './planner';

/** The statuses that the client library of Terraform's provider has words for; any other ends a plan of the whole stack. */
const READABLE: readonly MirrorStatus[] = ['ACTIVE', 'PAUSED', 'STOPPED', 'PENDING_STOPPED', 'FAILED'];

export const TERRAFORM_CODES = [
  /** A refresh reads all of both members, and this one does not answer. */
  'refresh-away',
  /** The same, and it lives. */
  'refresh-declined',
  /** The mirror that the stack declares is in a status that the provider cannot read. */
  'mirror-unreadable',
  /** In its place is a topic that is no mirror. */
  'mirror-replaced',
  /** A topic is missing on one side, and would be made anew. */
  'topic-made-anew',
  'destroys-active-topic',
  'destroys-topic-of-both',
  'destroys-topic-of-nobody',
  'destroys-unseen-topic',
] as const;
export type TerraformCode = (typeof TERRAFORM_CODES)[number];

export interface TerraformRemark {
  readonly code: TerraformCode;
  readonly on?: Role;
  /** By their names on the primary; none if it is about a member. */
  readonly topics: readonly string[];
  /** What became of the request, or the mirror's status. */
  readonly told?: string;
}

/** What Terraform's next run over the deployment would meet. */
export interface TerraformOutlook {
  /** What makes a plan with refresh fail, or an apply after it; none if it runs. */
  readonly plan: readonly TerraformRemark[];
  /** What a destroy would cost or fail on; none if only copies are deleted. */
  readonly destroy: readonly TerraformRemark[];
}

/** The deployment declares mirrors on the secondary; what a reversal makes on the primary it reads as topics. */
export function terraformOutlook(observed: PairObservation): TerraformOutlook {
  const pair = dropStaleObservations(observed);
  const silent = ROLES.flatMap((role) => silentRemarks(role, pair));
  return {
    plan: [...silent, ...together(pair.topics.flatMap(planRemarks))],
    destroy: [...silent, ...together(pair.topics.flatMap(destroyRemarks))],
  };
}

/** What is the same but for the topic is told once. */
function together(remarks: readonly TerraformRemark[]): TerraformRemark[] {
  const kinds = new Map<string, TerraformRemark>();
  for (const remark of remarks) {
    const key = JSON.stringify([remark.code, remark.on, remark.told]);
    const topics = [...(kinds.get(key)?.topics ?? []), ...remark.topics];
    kinds.set(key, { ...remark, topics });
  }
  return [...kinds.values()];
}

function silentRemarks(on: Role, { members }: PairObservation): TerraformRemark[] {
  const { dataPlane } = members[on];
  if (dataPlane.kind === 'answers') {
    return [];
  }
  const code = presenceOf(dataPlane) === 'away' ? 'refresh-away' : 'refresh-declined';
  return [{ code, on, topics: [], told: `${dataPlane.kind}, ${dataPlane.cause.replace(/\.$/, '')}` }];
}

function planRemarks({ name, sides: { primary, secondary } }: TopicObservation): TerraformRemark[] {
  const topics = [name];
  if (secondary.kind === 'mirror' && !READABLE.includes(secondary.status)) {
    return [{ code: 'mirror-unreadable', on: 'secondary', topics, told: secondary.status }];
  }
  if (secondary.kind === 'topic') {
    return [{ code: 'mirror-replaced', on: 'secondary', topics }];
  }
  return ROLES.filter((role) => ({ primary, secondary })[role].kind === 'absent').map((on) => ({
    code: 'topic-made-anew',
    on,
    topics,
  }));
}

const DESTROYS = {
  primary: undefined,
  secondary: 'destroys-active-topic',
  both: 'destroys-topic-of-both',
  nobody: 'destroys-topic-of-nobody',
  unknown: 'destroys-unseen-topic',
} as const;

function destroyRemarks(topic: TopicObservation): TerraformRemark[] {
  const code = DESTROYS[servingOf(topic)];
  return code === undefined ? [] : [{ code, topics: [topic.name] }];
}
