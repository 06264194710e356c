import { type PairObservation, presenceOf, otherRole, situationOf, type TopicObservation } from '../pair';
import { decidePlanned } from './decide-planned';
import { decideUnplanned } from './decide-unplanned';
import { type Decision } from './decision';
import { onlyWhatWasTold } from './only-what-was-told';
import { type Plan, type Step } from './plan';
import { refusal, type TopicRefusal } from './refusal';
import { stepsOf } from './steps';
import { unknownRefusal } from './topic-context';
import { topicNotes, warningsOf } from './warnings';
import { type Procedure, targetOf, type Wish } from './wish';

interface Decided {
  readonly topic: TopicObservation;
  readonly decision: Decision;
}

/**
 * What to do so that the wish comes true, from what both sides told. The same observation and wish make the same plan;
 * after each step, look again and plan again: what is done already is not in the new plan.
 */
export function plan(observed: PairObservation, wish: Wish): Plan {
  const pair = onlyWhatWasTold(observed);
  const { procedure, proposal } = procedureOf(pair, wish);
  const { topics, unheard } = chosenTopics(pair, wish);
  const decided = topics.map((topic) => ({ topic, decision: decide(pair, topic, wish, procedure) }));
  const refusals = [...unheard, ...decided.flatMap(refusalsOf)];
  const held = refusals.length > 0 && !wish.allow?.partial;
  const steps = held ? [] : stepsOf(pair, wish, decided.flatMap(stagesOf));
  return {
    kind: kindOf(steps, refusals, held),
    target: targetOf(wish.direction),
    procedure,
    ...(proposal !== undefined && { proposal }),
    steps,
    done: decided.flatMap(({ topic, decision }) => (decision.kind === 'done' ? [topic.name] : [])),
    refusals,
    notes: decided.flatMap(notesOf),
    warnings: warningsOf(pair),
  };
}

function procedureOf(
  pair: PairObservation,
  { direction, procedure }: Wish,
): { procedure: Procedure; proposal?: string } {
  if (procedure === 'planned' || procedure === 'unplanned') {
    return { procedure };
  }
  const other = otherRole(targetOf(direction));
  const { dataPlane } = pair.members[other];
  switch (presenceOf(dataPlane)) {
    case 'answers':
      return { procedure: 'planned', proposal: `The ${other} answers, so that its records need not be lost.` };
    case 'away':
      return { procedure: 'unplanned', proposal: `The ${other} does not answer: ${dataPlane.kind}.` };
    case 'declines':
      return { procedure: 'planned', proposal: `The ${other} lives, though it does not tell: ${dataPlane.kind}.` };
  }
}

function chosenTopics(
  pair: PairObservation,
  { topics }: Wish,
): { readonly topics: readonly TopicObservation[]; readonly unheard: readonly TopicRefusal[] } {
  const chosen = topics ? pair.topics.filter(({ name }) => topics.includes(name)) : pair.topics;
  const known = new Set(pair.topics.map(({ name }) => name));
  const unheard = (topics ?? [])
    .filter((name) => !known.has(name))
    .map((topic) => ({
      topic,
      ...refusal('topic-missing', `Topic ${topic} was seen on neither side.`, 'Check its name, or leave it out.'),
    }));
  const nothing = chosen.length === 0 && unheard.length === 0;
  const noTopics = refusal(
    'no-topics',
    'No topics were seen that the pair replicates.',
    'Check the ids of the clusters and the name of the link, or deploy mirrors first.',
  );
  return { topics: chosen, unheard: nothing ? [noTopics] : unheard };
}

function decide(pair: PairObservation, topic: TopicObservation, wish: Wish, procedure: Procedure): Decision {
  const target = targetOf(wish.direction);
  const situation = situationOf(topic, { keep: wish.keep, ...linkNameOf(pair) });
  const context = { pair, topic, situation, target, wish };
  if (topic.sides[target].kind === 'unknown') {
    return { kind: 'refused', refusal: unknownRefusal(context, target) };
  }
  return procedure === 'planned' ? decidePlanned(context) : decideUnplanned(context);
}

/** Both sides of a link have one name; the target's may be the one that is known. */
function linkNameOf({ members }: PairObservation): { readonly linkName?: string } {
  const { primary, secondary } = members;
  const link = [secondary.link, primary.link].find(({ kind }) => kind !== 'unknown');
  return link && link.kind !== 'unknown' ? { linkName: link.name } : {};
}

const refusalsOf = ({ topic, decision }: Decided): TopicRefusal[] =>
  decision.kind === 'refused' ? [{ topic: topic.name, ...decision.refusal }] : [];

const stagesOf = ({ topic, decision }: Decided): Parameters<typeof stepsOf>[2] =>
  decision.kind === 'go' ? [{ topic, stages: decision.stages }] : [];

const notesOf = ({ topic, decision }: Decided): Plan['notes'] => [
  ...(decision.kind === 'done' && decision.note !== undefined ? [{ topic: topic.name, text: decision.note }] : []),
  ...topicNotes(topic),
];

function kindOf(steps: readonly Step[], refusals: readonly TopicRefusal[], held: boolean): Plan['kind'] {
  if (held || (steps.length === 0 && refusals.length > 0)) {
    return 'refusal';
  }
  return steps.length === 0 ? 'done' : steps[0].kind === 'wait' ? 'wait' : 'plan';
}
