import { type DrillRequest, type Phase } from '../drill/phases';
import { type EarlierDrill, phasesLeft } from '../drill/resume';
import { propose } from '../execute/operate';
import { presenceOf, type Role, ROLES } from '../observe/pair-observation';
import { clientMove } from '../observe/serving';
import { topicsInWords } from '../words/advice';
import { moveRemarkInWords } from '../words/moves';
import { verdictOf } from '../words/plan';
import { refusalsInWords } from '../words/refusals';
import { requestOf } from './operate-options';
import { type Session } from './session';

/** What a drill would do now, by phase. */
export interface Outlook {
  readonly begins: boolean;
  /** What it would go on with. @default - there is nothing of an earlier drill */
  readonly left?: readonly Phase['name'][];
  /** Whether it would begin. */
  readonly first: string;
  readonly phases: ReadonlyMap<Phase['name'], string>;
}

export const phaseOutlook = ({ phases }: Outlook, name: Phase['name']): string => phases.get(name) ?? '';

/** Looks, and lets the service validate the failover; the failback can be validated only when its turn comes. */
export async function outlookOf(
  { source, signal, deployment }: Session,
  phases: readonly Phase[],
  { unplanned }: DrillRequest,
  earlier?: EarlierDrill,
): Promise<Outlook> {
  const given = { planned: !unplanned, unplanned, althoughActiveAnswers: unplanned };
  const proposal = await propose({ pair: source, request: requestOf('failover', given), signal, traffic: {} });
  const { observation, plan, objections } = proposal;
  const steady = clientMove(observation, 'primary');
  const isSteady = steady.may === 'yes';
  const names = topicsInWords(observation.topics.map(({ name }) => name));
  const place = (role: Role): string =>
    `${deployment.members[role].bootstrapEndpoint} (${deployment.members[role].clusterId})`;
  const away = ROLES.filter((role) => presenceOf(observation.members[role].dataPlane) !== 'answers');
  const left = phasesLeft(observation, phases, { earlier });
  const objection = objections[0]?.message ?? refusalsInWords(plan.refusals)[0]?.cause;
  const isAccepted = verdictOf(proposal, false) === 'accepted';
  const failover = isAccepted
    ? `${unplanned ? 'the secondary is made active at once' : 'primary and secondary change places'}: ${names}; nothing of it is refused now`
    : `would be refused: ${objection ?? 'the service does not say why'}`;
  return {
    begins: isSteady && left === undefined,
    ...(left && { left: left.phases.map(({ name }) => name) }),
    first:
      isSteady && left === undefined
        ? isAccepted
          ? 'The drill would begin: the primary serves, and the secondary follows it.'
          : 'The drill would begin, and end at the failover, which would be refused.'
        : left
          ? `The drill would not begin anew: it would ask to go on with what is left of an earlier one: ${left.phases.map(({ name }) => name).join(', ') || 'the last look'}.`
          : `The drill would not begin: ${steady.remarks[0] ? [steady.remarks[0].topic, moveRemarkInWords(steady.remarks[0])].filter(Boolean).join(': ') : 'the pair is not steady.'}`,
    phases: new Map([
      ['check', away.length > 0 ? `the ${away.join(' and the ')} does not answer now` : 'both members answer now'],
      ['outage', `${place('primary')} is lost, with all that only it has`],
      ['block', `clients of the proxy lose ${place('primary')}`],
      ['failover', failover],
      ['check-moved', `clients have to work on ${place('secondary')}`],
      ['recovery', `${place('primary')} is back`],
      ['unblock', `clients of the proxy can reach ${place('primary')} again`],
      ['status', `the secondary serves${unplanned ? '' : ', and the primary follows it'}`],
      [
        'failback',
        unplanned
          ? `discards on the primary what only it has, of ${names}, then makes it active; validated when its turn comes`
          : `the primary becomes active again for ${names}; validated when its turn comes`,
      ],
    ]),
  };
}
