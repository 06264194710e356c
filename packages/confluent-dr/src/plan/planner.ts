import {
  otherRole,
  type PairObservation,
  presenceOf,
  type Role,
  ROLES,
  type SideOfTopic,
  type TopicObservation,
} from '../observe/pair-observation';
import { situationOf } from '../observe/situation';
import { decidePlanned } from './decide-planned';
import { decideUnplanned } from './decide-unplanned';
import { type FailoverRequest, type Procedure, targetOf } from './failover-request';
import { type Decision, type Plan, type Proposal, refusal, type Step, type TopicRefusal } from './plan';
import { unknownRefusal } from './refusals';
import { stepsOf, topicNotes, warningsOf } from './steps';

/** Takes away what an observation claims about a member that did not answer: it cannot be of now. */
export function dropStaleObservations(pair: PairObservation): PairObservation {
  return ROLES.reduce(forgetIfSilent, pair);
}

function forgetIfSilent(pair: PairObservation, role: Role): PairObservation {
  const member = pair.members[role];
  if (member.dataPlane.kind === 'answers') {
    return pair;
  }
  const { cause } = member.dataPlane;
  return {
    ...pair,
    members: { ...pair.members, [role]: { ...member, link: { kind: 'unknown', cause } } },
    topics: pair.topics.map((topic): TopicObservation => {
      const { topicName } = topic.sides[role];
      const side: SideOfTopic = { kind: 'unknown', topicName, cause };
      return { ...topic, sides: { ...topic.sides, [role]: side } };
    }),
  };
}

interface Decided {
  readonly topic: TopicObservation;
  readonly decision: Decision;
}

/**
 * What to do so that the request comes true, from what both sides told. The same observation and request make the same plan;
 * after each step, look again and plan again: what is done already is not in the new plan.
 */
export function plan(observed: PairObservation, request: FailoverRequest): Plan {
  const pair = dropStaleObservations(observed);
  const { procedure, proposal } = procedureOf(pair, request);
  const { topics, unheard } = chosenTopics(pair, request);
  const decided = topics.map((topic) => ({ topic, decision: decide(pair, topic, request, procedure) }));
  const refusals = [...unheard, ...decided.flatMap(refusalsOf)];
  const held = refusals.length > 0 && !request.allow?.partial;
  const steps = held ? [] : stepsOf(pair, request, decided.flatMap(stagesOf));
  return {
    kind: kindOf(steps, refusals, held),
    target: targetOf(request.direction),
    procedure,
    ...(proposal && { proposal }),
    steps,
    done: decided.flatMap(({ topic, decision }) => (decision.kind === 'done' ? [topic.name] : [])),
    refusals,
    notes: decided.flatMap(notesOf),
    warnings: warningsOf(pair),
  };
}

function procedureOf(
  pair: PairObservation,
  { direction, procedure }: FailoverRequest,
): { procedure: Procedure; proposal?: Proposal } {
  if (procedure === 'planned' || procedure === 'unplanned') {
    return { procedure };
  }
  const member = otherRole(targetOf(direction));
  const { dataPlane } = pair.members[member];
  const about = { member, answer: dataPlane.kind };
  switch (presenceOf(dataPlane)) {
    case 'answers':
      return { procedure: 'planned', proposal: { code: 'active-answers', ...about } };
    case 'away':
      return { procedure: 'unplanned', proposal: { code: 'active-away', ...about } };
    case 'declines':
      return { procedure: 'planned', proposal: { code: 'active-declines', ...about } };
  }
}

function chosenTopics(
  pair: PairObservation,
  { topics }: FailoverRequest,
): { readonly topics: readonly TopicObservation[]; readonly unheard: readonly TopicRefusal[] } {
  const chosen = topics ? pair.topics.filter(({ name }) => topics.includes(name)) : pair.topics;
  const known = new Set(pair.topics.map(({ name }) => name));
  const unheard = (topics ?? [])
    .filter((name) => !known.has(name))
    .map((topic) => ({ topic, ...refusal('topic-missing', {}) }));
  const nothing = chosen.length === 0 && unheard.length === 0;
  return { topics: chosen, unheard: nothing ? [refusal('no-topics', {})] : unheard };
}

function decide(
  pair: PairObservation,
  topic: TopicObservation,
  request: FailoverRequest,
  procedure: Procedure,
): Decision {
  const target = targetOf(request.direction);
  const situation = situationOf(topic, { keep: request.keep, linkName: linkNameOf(pair) });
  const context = { pair, topic, situation, target, request };
  if (topic.sides[target].kind === 'unknown') {
    return { kind: 'refused', refusal: unknownRefusal(context, target) };
  }
  return procedure === 'planned' ? decidePlanned(context) : decideUnplanned(context);
}

/** Both sides of a link have one name; the target's may be the one that is known. */
function linkNameOf({ members }: PairObservation): string | undefined {
  const { primary, secondary } = members;
  return [secondary.link, primary.link].find((link) => link.kind !== 'unknown')?.name;
}

const refusalsOf = ({ topic, decision }: Decided): TopicRefusal[] =>
  decision.kind === 'refused' ? [{ topic: topic.name, ...decision.refusal }] : [];

const stagesOf = ({ topic, decision }: Decided): Parameters<typeof stepsOf>[2] =>
  decision.kind === 'go' ? [{ topic, stages: decision.stages }] : [];

const notesOf = ({ topic, decision }: Decided): Plan['notes'] => [
  ...(decision.kind === 'done' ? decision.notes.map((note) => ({ topic: topic.name, ...note })) : []),
  ...topicNotes(topic),
];

function kindOf(steps: readonly Step[], refusals: readonly TopicRefusal[], held: boolean): Plan['kind'] {
  if (held || (steps.length === 0 && refusals.length > 0)) {
    return 'refusal';
  }
  return steps.length === 0 ? 'done' : steps[0].kind === 'wait' ? 'wait' : 'plan';
}
