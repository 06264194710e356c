import { type LinkObservation, type Role, ROLES, type Situation } from '../pair';
import { type MemberStatus } from './member-status';
import { isSteady, type TopicStatus } from './topic-status';

/** Something that needs a look. */
export interface Concern {
  readonly cause: string;
  readonly cure: string;
}

/** What is not as it should be in the long run; a topic that the secondary serves is. */
export function concernsOf(members: Readonly<Record<Role, MemberStatus>>, topics: readonly TopicStatus[]): Concern[] {
  return [
    ...ROLES.flatMap((role) => [
      ...memberConcerns(role, members[role]),
      ...(members[role].presence === 'answers' ? linkConcerns(role, members[role].link) : []),
      ...exporterConcerns(role, members[role]),
    ]),
    ...topicConcerns(topics),
  ];
}

function memberConcerns(role: Role, { presence, dataPlane }: MemberStatus): Concern[] {
  if (dataPlane.kind === 'answers') {
    return [];
  }
  const cure =
    presence === 'away'
      ? 'Find out whether it is broken or only out of reach: confluent-dr check.'
      : 'Check its API key and the roles of the key’s owner: confluent-dr config show.';
  return [{ cause: `The ${role} does not tell: ${dataPlane.cause}`, cure }];
}

function linkConcerns(role: Role, link: LinkObservation): Concern[] {
  switch (link.kind) {
    case 'absent':
      return [
        { cause: `The ${role} has no link ${link.name}.`, cure: 'Check the name of the link, or deploy it again.' },
      ];
    case 'unknown':
      return [{ cause: `The link on the ${role} is not told: ${link.cause}`, cure: 'Look again.' }];
    case 'link': {
      const said = [link.error, link.errorMessage].filter(Boolean).join(': ');
      const state: Concern[] =
        link.state === 'ACTIVE' && !link.paused
          ? []
          : [
              {
                cause: `The link on the ${role} is ${link.paused ? 'PAUSED' : link.state}${said && `: ${said}`}.`,
                cure: link.paused
                  ? 'If nobody paused it on purpose, set cluster.link.paused to false.'
                  : 'Check the other member, and the keys that the link uses.',
              },
            ];
      const tasks = link.tasks
        .filter((task) => task.state === 'IN_ERROR')
        .map(({ name, errors }) => ({
          cause: `${name} of the link on the ${role} is in error: ${errors.map(({ message }) => message).join('; ') || 'no reason told'}`,
          cure: 'Check the filters and the permissions of that task.',
        }));
      return [...state, ...tasks];
    }
  }
}

const EXPORTS: readonly string[] = ['RUNNING', 'STARTING'];

function exporterConcerns(role: Role, { exporters }: MemberStatus): Concern[] {
  if (exporters === undefined) {
    return [];
  }
  if (exporters.kind === 'unknown') {
    return [{ cause: `Schema exporters of the ${role} are not told: ${exporters.cause}`, cure: 'confluent-dr check.' }];
  }
  return exporters.exporters
    .filter(({ state }) => !EXPORTS.includes(state))
    .map(({ name, state, trace }) => ({
      cause: `Schema exporter ${name} of the ${role} is ${state}${trace ? `: ${trace.split('\n')[0]}` : ''}.`,
      cure: 'Schemas made now are missing on the other side. Cure what it says, then resume it.',
    }));
}

const UNDER_WAY = 'It is under way: confluent-dr status --watch.';
const ASK = 'confluent-dr failover --dry-run and failback --dry-run tell what can be done.';
const CURE: Partial<Record<Situation['kind'], string>> = {
  reversing: UNDER_WAY,
  stopping: UNDER_WAY,
  restoring: UNDER_WAY,
  'failed-over': 'When the former active member is well again: confluent-dr failback --dry-run.',
  'held-up': 'Look at the link and its source; a mirror or link that was paused has to be resumed.',
  unknown: 'First let both members tell.',
  'source-unseen': 'First let both members tell.',
  'standby-unseen': 'First let both members tell.',
};

/** One for each way to be unsteady, however many topics are so. */
function topicConcerns(topics: readonly TopicStatus[]): Concern[] {
  if (topics.length === 0) {
    return [
      { cause: 'No topics were seen that the pair replicates.', cure: 'Check the clusters’ ids and the link’s name.' },
    ];
  }
  const byStand = new Map<string, TopicStatus[]>();
  for (const topic of topics.filter((each) => !isSteady(each))) {
    byStand.set(topic.stands, [...(byStand.get(topic.stands) ?? []), topic]);
  }
  return [...byStand].map(([stands, [first, ...others]]) => ({
    cause: `${others.length === 0 ? `Topic ${first.topic}` : `${others.length + 1} topics`}: ${stands}.`,
    cure: CURE[first.situation.kind] ?? ASK,
  }));
}
