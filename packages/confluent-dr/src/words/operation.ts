import { commandFor, type Deployment } from '../deployment/deployment';
import { totalOf } from '../execute/mirror-requests';
import { type Ending } from '../execute/operation-run';
import { otherRole, type PairObservation, type Role, ROLES } from '../observe/pair-observation';
import { clientMove, type Serving, servingOf } from '../observe/serving';
import { situationName, situationOf } from '../observe/situation';
import { type Plan } from '../plan/plan';
import { terraformOutlook, type TerraformRemark } from '../plan/terraform-outlook';
import { grouped, topicsInWords } from './advice';
import { obstacleInWords } from './concerns';
import { advice, commandText, indented, wrapped } from './layout';
import { moveRemarkInWords } from './moves';
import { advicesText, refusalsText } from './plan';
import { recordsTable } from './progress';
import { recordsInWords, refusalsInWords } from './refusals';
import { optionOf, questionInWords } from './steps';
import { terraformInWords } from './terraform';
import { type Look } from './text-style';

const WHY: Readonly<Record<Exclude<Ending['kind'], 'done'>, string>> = {
  refused: 'Refused',
  busy: 'Refused, as clients are not quiet',
  declined: 'Not agreed to',
  hindered: 'A cluster does not do what was asked of it',
  'time-limit': 'Not there within the time limit',
  interrupted: 'Interrupted',
};

/**
 * How it ended: what is so now, what was lost, and what is to be done next.
 *
 * @param asked the command as it was given, without what was agreed to beforehand
 */
export function endingText(
  ending: Ending,
  deployment: Deployment,
  look: Look,
  hint?: string,
  asked: readonly string[] = [ending.plan?.target === 'primary' ? 'failback' : 'failover'],
): string {
  const { kind, plan, observation, obstacles } = ending;
  const { paint } = look;
  const parts = [
    [
      paint(kind === 'done' ? 'green' : 'red', wrapped(headline(ending), look.width)),
      ...(observation ? underWayTexts(ending, observation, look) : []),
    ].join('\n'),
    // A plan that ended it was not told before.
    ...(kind === 'refused' && plan ? [refusalsText(plan.refusals, look)] : []),
    ...(obstacles.length > 0 ? [obstaclesText(obstacles, look)] : []),
    ...(hint === undefined ? [] : [wrapped(hint, look.width)]),
    costText(ending, look),
    ...(plan && observation ? [clientsText(ending, plan, observation, deployment, look)] : []),
    ...(observation && kind === 'done' ? [terraformText(observation, look)] : []),
    nextSteps(ending, asked)
      .map(({ says, command }) =>
        [
          paint('cyan', wrapped(`→ ${says}`, look.width, '  ')),
          commandText(commandFor(deployment, command), look),
        ].join('\n'),
      )
      .join('\n'),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

const obstaclesText = (obstacles: Ending['obstacles'], look: Look): string =>
  advicesText('Hindered', grouped(obstacles, obstacleInWords), look);

/** How it ended, and why, a line each. */
export function causesOf(ending: Ending, hint?: string): string[] {
  const { plan, obstacles, declined } = ending;
  const causes = [...refusalsInWords(plan?.refusals ?? []), ...grouped(obstacles, obstacleInWords)];
  return [
    headline(ending),
    ...(declined ? [questionInWords(declined)] : []),
    ...causes.map(({ topics, cause }) => (topics.length > 0 ? `${topicsInWords(topics)}: ${cause}` : cause)),
    ...(hint === undefined ? [] : [hint]),
  ];
}

function headline({ kind, plan, attempts, observation }: Ending): string {
  if (kind === 'done') {
    const what = plan ? `the ${plan.target} is active for ${topicsInWords(plan.done)}.` : 'nothing is left to do.';
    return `Done: ${what}${attempts.length === 0 ? ' Nothing had to be done.' : ''}`;
  }
  if (attempts.length === 0) {
    return `${WHY[kind]}: nothing was changed.`;
  }
  if (!plan || !observation) {
    return `${WHY[kind]}. What became of it, nobody could see.`;
  }
  const there = observation.topics.filter((topic) => servingOf(topic) === plan.target);
  return `${WHY[kind]}: the ${plan.target} is active for ${there.length} of ${observation.topics.length} topics.`;
}

/** What to do now, and the command that does it. */
function nextSteps(
  ending: Ending,
  asked: readonly string[],
): readonly { readonly says: string; readonly command: readonly string[] }[] {
  const { kind, plan, attempts, observation } = ending;
  if (kind === 'done') {
    const seen = { says: 'Look at both members:', command: ['status'] };
    return plan?.target === 'secondary'
      ? [seen, { says: 'When the primary is to serve again:', command: ['failback', '--dry-run'] }]
      : [seen];
  }
  if (kind === 'busy') {
    const says = 'Stop the clients that were seen, then run the same again; without --drain it looks, and goes on:';
    return [{ says, command: asked }];
  }
  if (attempts.length > 0 || kind === 'time-limit') {
    const says = 'Run the same command again: it goes on from what the clusters tell, and repeats nothing.';
    const moved = kind === 'hindered' ? movedTopics(ending) : [];
    return [
      { says, command: asked },
      ...(plan && moved.length > 0
        ? [
            {
              says: `Or bring back what has moved, so that all is on one side; this tells what it would do:`,
              command: [
                plan.target === 'secondary' ? 'failback' : 'failover',
                '--topics',
                moved.join(','),
                '--dry-run',
              ],
            },
          ]
        : []),
      ...(observation && isInTerraformsWay(observation) ? [TERRAFORM_STEP] : []),
    ];
  }
  if (kind === 'interrupted') {
    return [{ says: 'Run the same command again.', command: asked }];
  }
  const tried = [...asked, '--dry-run'];
  if (kind === 'declined') {
    return [{ says: 'Run the same command again to agree to it; this tells what it would do:', command: tried }];
  }
  const partly = isRefusedInPart(ending)
    ? ` (${optionOf('partial')} goes on with those topics that are not refused)`
    : '';
  const says = `When that is cured, this tells whether all of it would be accepted${partly}:`;
  const lacking = plan?.refusals.some(({ code }) => code === 'acls-missing') ?? false;
  return [
    ...(isLost(ending)
      ? [
          {
            says: 'If the primary is lost, an unplanned failover needs the secondary alone; this tells what it would cost:',
            command: ['failover', '--unplanned', '--dry-run'],
          },
        ]
      : []),
    ...(lacking ? [{ says: 'Create the ACLs that are missing:', command: ['acl', '--fix'] }] : []),
    { says, command: tried },
  ];
}

/** What Terraform would meet in the middle of it takes a screen of its own. */
const TERRAFORM_STEP = {
  says: 'Before the next plan, apply or destroy of Terraform, this tells what it would meet:',
  command: ['status', '--all'],
};

function isInTerraformsWay(observation: PairObservation): boolean {
  const { plan, destroy } = terraformOutlook(observation);
  return plan.length + destroy.length > 0;
}

/** Topics that are where they were to be brought, where others are not. */
function movedTopics({ plan, observation, attempts }: Ending): string[] {
  const own = new Set(attempts.map(({ topic }) => topic));
  const topics = observation?.topics ?? [];
  const moved = topics.filter((topic) => own.has(topic.name) && servingOf(topic) === plan?.target);
  return moved.length < topics.length && moved.length <= MOST_TOPICS_IN_COMMAND ? moved.map(({ name }) => name) : [];
}

/** More would be no line to read. */
const MOST_TOPICS_IN_COMMAND = 20;

/** Whether a planned failover is refused only because the primary is gone. */
const isLost = ({ plan }: Ending): boolean =>
  plan?.target === 'secondary' &&
  plan.procedure === 'planned' &&
  plan.refusals.length > 0 &&
  plan.refusals.every((refusal) => refusal.code === 'member-away' && refusal.member === 'primary');

/** Whether there are topics that could go on without the others: not where a member or the link is in the way. */
function isRefusedInPart({ kind, plan, obstacles, observation }: Ending): boolean {
  const objections = [...(plan?.refusals ?? []), ...obstacles];
  const topics = new Set(objections.map(({ topic }) => topic));
  return kind === 'refused' && !topics.has(undefined) && topics.size < (observation?.topics.length ?? 0);
}

/** What the clusters have begun, and whether they end it by themselves. */
function underWayTexts({ kind, plan }: Ending, { topics }: PairObservation, { width }: Look): string[] {
  const held = new Set(
    plan?.steps.flatMap((step) => (step.kind === 'wait' && step.hindrance !== undefined ? step.topics : [])),
  );
  const waitedLong = kind === 'time-limit' || kind === 'hindered';
  const byName = new Map<string, string[]>();
  for (const topic of topics) {
    const situation = situationOf(topic);
    if (['reversing', 'stopping', 'restoring'].includes(situation.kind)) {
      const how = held.has(topic.name) ? 'held up' : waitedLong ? 'not there yet' : 'going on by itself';
      const name = `Under way, and ${how}: ${situationName(situation)}`;
      byName.set(name, [...(byName.get(name) ?? []), topic.name]);
    }
  }
  return [...byName].map(([name, names]) => wrapped(`${name}, ${topicsInWords(names)}.`, width, '  '));
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

/** Where the clients of each topic may work now; where all is done, with what to mind. */
function clientsText(
  ending: Ending,
  plan: Plan,
  observation: PairObservation,
  deployment: Deployment,
  look: Look,
): string {
  const lines =
    ending.kind === 'done'
      ? movedClients(plan, observation, deployment, look)
      : scatteredClients(observation, deployment, look);
  return [look.paint('bold', 'Clients'), ...lines, ...stayingBehind(observation, look)].join('\n');
}

/** Topics that no failover moves: their clients would miss them on the other side. */
export function stayingBehind({ unmirrored = [] }: PairObservation, { width }: Look): string[] {
  return ROLES.flatMap((role) => {
    const names = unmirrored.filter(({ on }) => on.includes(role)).map(({ name }) => name);
    return names.length === 0
      ? []
      : [wrapped(`Nothing mirrors ${topicsInWords(names)} of the ${role}: what is there stays there.`, width, '  ')];
  });
}

export const endpointOf = ({ members }: Deployment, role: Role): string =>
  `${members[role].bootstrapEndpoint} (${members[role].clusterId}), with keys of that cluster`;

function movedClients(
  { target, done }: Plan,
  observation: PairObservation,
  deployment: Deployment,
  look: Look,
): string[] {
  const own = { topics: observation.topics.filter(({ name }) => done.includes(name)) };
  const { may, remarks } = clientMove(own, target);
  const other = otherRole(target);
  const where = endpointOf(deployment, target);
  const says = {
    yes: `Clients may work on the ${target}: ${where}. Stop those that still use the ${other}, then start them there.`,
    'with-care': `Clients may work on the ${target}: ${where}. Stop those that still use the ${other} first. Mind:`,
    no: `Clients must not be started on the ${target} yet:`,
  }[may];
  const texts = [...new Set(remarks.map(moveRemarkInWords))];
  return [wrapped(says, look.width), ...texts.map((text) => indented(wrapped(`- ${text}`, look.width - 2, '  ')))];
}

type FailedOver = `failed-over-${Role}`;

/** Where the clients of each topic may work, as far as it was seen. */
export function scatteredClients({ topics }: PairObservation, deployment: Deployment, { width }: Look): string[] {
  const groups = new Map<Serving | FailedOver, string[]>();
  for (const topic of topics) {
    const serving = servingOf(topic);
    const situation = situationOf(topic);
    const at =
      serving === 'both' && situation.kind === 'failed-over' ? (`failed-over-${situation.active}` as const) : serving;
    groups.set(at, [...(groups.get(at) ?? []), topic.name]);
  }
  const failedOver = (to: Role): string =>
    `belong on the ${to}, where they were failed over to: ${endpointOf(deployment, to)}. The ${otherRole(to)} can be written to as well: see to it that nobody does.`;
  return [...groups].map(([serving, names]) => {
    const says = {
      'failed-over-primary': failedOver('primary'),
      'failed-over-secondary': failedOver('secondary'),
      primary: `work on the primary: ${endpointOf(deployment, 'primary')}.`,
      secondary: `work on the secondary: ${endpointOf(deployment, 'secondary')}.`,
      nobody: 'have to wait: nobody can write now.',
      both: 'may be on one side alone, and both can be written to: see to it that nobody writes on the other.',
      unknown: 'stay where they are: a member does not tell, and may be the one that can be written to.',
    }[serving];
    return wrapped(`Those of ${topicsInWords(names)} ${says}`, width, '  ');
  });
}

function terraformText(observation: PairObservation, look: Look): string {
  const { plan, destroy } = terraformOutlook(observation);
  const more = destroy.filter(({ code }) => !plan.some((remark) => remark.code === code));
  const parts = [...remarkTexts('plan or apply', plan, look), ...remarkTexts('destroy', more, look)];
  return parts.length === 0 ? '' : [look.paint('bold', 'Terraform'), ...parts].join('\n');
}

const remarkTexts = (what: string, remarks: readonly TerraformRemark[], look: Look): string[] =>
  remarks.map(terraformInWords).map(({ cause, cure }) => advice(`Before the next ${what}: ${cause}`, cure, look, ''));
