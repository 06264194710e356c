import { type Deployment } from '../../../runbook/deployment';
import { type Ending, totalOf } from '../../../runbook/operating';
import { clientMove, otherRole, type PairObservation, situationName, situationOf } from '../../../runbook/pair';
import { type Plan, terraformOutlook, type TerraformRemark } from '../../../runbook/planning';
import { type Look } from '../../terminal';
import { recordsInWords, recordsTable } from './loss';
import { grouped, obstacleInWords, refusalsInWords, topicsInWords } from '../words';
import { advicesText, refusalsText } from './plan';
import { advice, indented, wrapped } from './status-layout';

const HEADLINE: Record<Ending['kind'], string> = {
  done: 'Done.',
  refused: 'Refused.',
  declined: 'Not agreed to.',
  hindered: 'Not there: a cluster does not do what was asked of it.',
  'time-limit': 'Not there within the time limit.',
  interrupted: 'Interrupted.',
};

/** How it ended: what is so now, what was lost, and what is to be done next. */
export function endingText(ending: Ending, deployment: Deployment, look: Look, hint?: string): string {
  const { kind, plan, observation, obstacles } = ending;
  const { paint } = look;
  const parts = [
    paint(kind === 'done' ? 'green' : 'red', wrapped(headline(ending), look.width)),
    // A plan that ended it was not told before.
    ...(kind === 'refused' && plan ? [refusalsText(plan.refusals, look)] : []),
    ...(obstacles.length > 0 ? [obstaclesText(obstacles, look)] : []),
    ...(hint === undefined ? [] : [wrapped(hint, look.width)]),
    ...(ending.attempts.length === 0 && kind !== 'done' ? ['Nothing was changed.'] : []),
    ...(observation ? [underWayText(observation, look)] : []),
    costText(ending, look),
    ...(plan && observation && kind === 'done' ? [clientsText(plan, observation, deployment, look)] : []),
    ...(observation && hasNews(ending) ? [terraformText(observation, look)] : []),
    ...(ending.attempts.length > 0 && kind !== 'done'
      ? [
          wrapped(
            'Run the same command again: it goes on from what the clusters tell, and repeats nothing.',
            look.width,
          ),
        ]
      : []),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const obstaclesText = (obstacles: Ending['obstacles'], look: Look): string =>
  advicesText('Hindered', grouped(obstacles, obstacleInWords), look);

/** Why it is not done, a line each. */
export const causesOf = ({ plan, obstacles }: Ending): string[] =>
  [...refusalsInWords(plan?.refusals ?? []), ...grouped(obstacles, obstacleInWords)].map(({ topics, cause }) =>
    topics.length > 0 ? `${topicsInWords(topics)}: ${cause}` : cause,
  );

/** Where nothing was changed, and nothing was waited for, Terraform is in for nothing new. */
const hasNews = ({ kind, attempts }: Ending): boolean =>
  attempts.length > 0 || kind === 'done' || kind === 'time-limit';

function headline({ kind, plan, attempts }: Ending): string {
  return kind === 'done' && plan
    ? `Done: the ${plan.target} is active for ${topicsInWords(plan.done)}.${attempts.length === 0 ? ' Nothing had to be done.' : ''}`
    : HEADLINE[kind];
}

/** What the clusters go on with by themselves. */
function underWayText({ topics }: PairObservation, { width }: Look): string {
  const byName = new Map<string, string[]>();
  for (const topic of topics) {
    const situation = situationOf(topic);
    if (['reversing', 'stopping', 'restoring'].includes(situation.kind)) {
      const name = situationName(situation);
      byName.set(name, [...(byName.get(name) ?? []), topic.name]);
    }
  }
  return [...byName]
    .map(([name, names]) =>
      wrapped(`Under way, and going on by itself: ${name}, ${topicsInWords(names)}.`, width, '  '),
    )
    .join('\n');
}

function costText({ lost, discarded, plan, kind }: Ending, look: Look): string {
  const parts = [];
  if (plan?.procedure === 'unplanned' && kind === 'done') {
    const known =
      lost.length > 0
        ? `Lost, at least: ${recordsInWords(totalOf(lost))} that the ${plan.target} had not received.`
        : `The mirrors knew of no record that they lacked. Without contact there may be some that they never heard of.`;
    parts.push(wrapped(known, look.width), indented(recordsTable(lost, look)));
  }
  if (discarded.length > 0) {
    parts.push(wrapped(`Discarded: ${recordsInWords(totalOf(discarded))}.`, look.width));
    parts.push(indented(recordsTable(discarded, look)));
  }
  return parts.filter((part) => part !== '').join('\n');
}

/** What clients have to do. */
function clientsText(
  { target, done }: Plan,
  observation: PairObservation,
  { members }: Deployment,
  look: Look,
): string {
  const own = { topics: observation.topics.filter(({ name }) => done.includes(name)) };
  const { may, remarks } = clientMove(own, target);
  const { clusterId, bootstrapEndpoint } = members[target];
  const other = otherRole(target);
  const where = `${bootstrapEndpoint} (${clusterId}), with keys of that cluster`;
  const says = {
    yes: `Clients may work on the ${target}: ${where}. Stop those that still use the ${other}, then start them there.`,
    'with-care': `Clients may work on the ${target}: ${where}. Stop those that still use the ${other} first. Mind:`,
    no: `Clients must not be started on the ${target} yet:`,
  }[may];
  const first = [...new Set(remarks.map(({ text }) => text))];
  return [
    look.paint('bold', 'Clients'),
    wrapped(says, look.width),
    ...first.map((text) => indented(wrapped(`- ${text}`, look.width - 2, '  '))),
  ].join('\n');
}

function terraformText(observation: PairObservation, look: Look): string {
  const { plan, destroy } = terraformOutlook(observation);
  const told = new Set(plan.map(({ cause }) => cause));
  const more = destroy.filter(({ cause }) => !told.has(cause));
  const parts = [...remarkTexts('plan or apply', plan, look), ...remarkTexts('destroy', more, look)];
  return parts.length === 0 ? '' : [look.paint('bold', 'Terraform'), ...parts].join('\n');
}

/** One of each kind: what has the same cure is of one. */
function remarkTexts(what: string, remarks: readonly TerraformRemark[], look: Look): string[] {
  const kinds = new Map<string, string[]>();
  for (const { cause, cure } of remarks) {
    kinds.set(cure, [...(kinds.get(cure) ?? []), cause]);
  }
  return [...kinds].map(([cure, [first, ...others]]) => {
    const more = others.length > 0 ? ` And ${others.length} more of the kind.` : '';
    return advice(`Before the next ${what}: ${first}${more}`, cure, look, '');
  });
}
