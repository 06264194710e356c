import {
  type MirrorStatus,
  type PairObservation,
  presenceOf,
  type Role,
  ROLES,
  servingOf,
  type TopicObservation,
} from '../pair';
import { dropStaleObservations } from './drop-stale-observations';

/** The statuses that the client library of Terraform's provider has words for; any other ends a plan of the whole stack. */
const READABLE: readonly MirrorStatus[] = ['ACTIVE', 'PAUSED', 'STOPPED', 'PENDING_STOPPED', 'FAILED'];

export interface TerraformRemark {
  readonly cause: string;
  readonly cure: string;
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
    plan: [...silent, ...pair.topics.flatMap(planRemarks)],
    destroy: [...silent, ...pair.topics.flatMap(destroyRemarks)],
  };
}

function silentRemarks(role: Role, { members }: PairObservation): TerraformRemark[] {
  const { clusterId, dataPlane } = members[role];
  if (dataPlane.kind === 'answers') {
    return [];
  }
  const how = presenceOf(dataPlane) === 'away' ? 'does not answer' : 'answers, but does not tell';
  return [
    {
      cause: `The ${role} (${clusterId}) ${how}: ${dataPlane.kind}, ${dataPlane.cause.replace(/\.$/, '')}. A refresh reads all resources of both members.`,
      cure: 'Wait until it answers. To toggle only the proxy, run Terraform with -refresh=false.',
    },
  ];
}

function planRemarks({ name, sides: { primary, secondary } }: TopicObservation): TerraformRemark[] {
  if (secondary.kind === 'mirror' && !READABLE.includes(secondary.status)) {
    return [
      {
        cause: `Mirror ${secondary.topicName} on the secondary is ${secondary.status}, which the provider cannot read: every plan, apply and destroy with a refresh fails.`,
        cure: 'Wait until it is ACTIVE or STOPPED. To toggle only the proxy, run Terraform with -refresh=false.',
      },
    ];
  }
  if (secondary.kind === 'topic') {
    return [
      {
        cause: `Topic ${secondary.topicName} on the secondary is no mirror: the plan wants to create one, and the apply fails because the topic exists.`,
        cure: 'Do not apply. Import or remove the mirror from the configuration, keeping the topic.',
      },
    ];
  }
  return [primary, secondary]
    .filter(({ kind }) => kind === 'absent')
    .map(({ topicName }) => ({
      cause: `Topic ${topicName} of ${name} is missing on one side: the plan wants to create it anew.`,
      cure: 'Read the plan before it is applied, and find out who deleted the topic.',
    }));
}

function destroyRemarks(topic: TopicObservation): TerraformRemark[] {
  const serving = servingOf(topic);
  if (serving === 'primary') {
    return [];
  }
  const where = {
    secondary: 'is active on the secondary',
    both: 'can be written to on both sides',
    nobody: 'is changing sides, or is a mirror on both',
    unknown: 'may be active on the secondary',
  }[serving];
  return [
    {
      cause: `Topic ${topic.name} ${where}: a destroy deletes it there, without a question, whatever it holds.`,
      cure: 'Fail back first, and destroy when the primary serves every topic; -refresh=false makes it worse.',
    },
  ];
}
