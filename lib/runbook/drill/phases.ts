import { type Activity, type Experiment } from './journal';

export const PHASE_NAMES = ['check', 'block', 'failover', 'check-moved', 'unblock', 'status', 'failback'] as const;
export type PhaseName = (typeof PHASE_NAMES)[number];

/** A part of the drill; there is a stop before each one that changes something. */
export interface Phase {
  readonly name: PhaseName;
  /** The guide's steps. */
  readonly steps: string;
  readonly activity: Activity;
  /** What is about to happen, and what people have to do before; undefined where nothing changes. */
  readonly question?: string;
}

export interface DrillRequest {
  readonly unplanned: boolean;
  /** Whether the proxy is toggled. */
  readonly toggle: boolean;
}

/**
 * Steps 4 to 13 of the guide. After an unplanned failover the block is lifted last: clients that come back before the
 * primary is restored would write records that are thrown away.
 */
export function phasesOf(request: DrillRequest): Phase[] {
  const { unplanned, toggle } = request;
  const order: readonly PhaseName[] = unplanned
    ? ['check', 'block', 'failover', 'check-moved', 'status', 'failback', 'unblock']
    : PHASE_NAMES;
  return order
    .filter((name) => toggle || (name !== 'block' && name !== 'unblock'))
    .map((name) => phaseOf(name, request));
}

export function experimentOf(request: DrillRequest, pair: string): Experiment {
  return {
    title: `Losing the primary of ${pair}${request.unplanned ? ', unplanned' : ''}`,
    description: 'The primary is taken away from its clients, the secondary takes over, and all goes back.',
    tags: ['kafka', 'disaster-recovery', request.unplanned ? 'unplanned' : 'planned'],
    'steady-state-hypothesis': { title: 'The primary serves, and the secondary follows it', probes: [STEADY_PROBE] },
    method: phasesOf(request).map(({ activity }) => activity),
    rollbacks: [],
  };
}

/** Held to be so before, and again after. */
export const STEADY_PROBE: Activity = { ...activity('probe', 'steady', 'status'), tolerance: true };

function activity(type: Activity['type'], name: string, words: string): Activity {
  return { type, name, provider: { type: 'process', path: 'confluent-dr', arguments: words } };
}

function phaseOf(name: PhaseName, { unplanned, toggle }: DrillRequest): Phase {
  switch (name) {
    case 'check':
      return { name, steps: '4', activity: activity('probe', name, 'check') };
    case 'block':
      return {
        name,
        steps: '5 and 6',
        activity: activity('action', name, 'block'),
        question:
          'Next, the primary is taken away from the clients of the proxy. Are a producer and a consumer running?',
      };
    case 'failover':
      return {
        name,
        steps: '7 and 8',
        activity: activity(
          'action',
          name,
          unplanned ? 'failover --unplanned --although-active-answers' : 'failover --planned',
        ),
        question: unplanned
          ? 'Next, the secondary becomes active at once; records that it does not have are lost. Is it certain that nobody writes to the primary?'
          : 'Next, primary and secondary change places. Have the producers stopped?',
      };
    case 'check-moved':
      return { name, steps: '9', activity: activity('probe', name, 'status') };
    case 'unblock':
      return {
        name,
        steps: '10',
        activity: activity('action', name, 'unblock'),
        question: `Next, clients of the proxy can come to the primary again.${unplanned ? '' : ' Have they moved to the secondary?'}`,
      };
    case 'status':
      return { name, steps: '11', activity: activity('probe', name, 'status') };
    case 'failback':
      return {
        name,
        steps: '12',
        activity: activity('action', name, 'failback'),
        question: `Next, the primary becomes active again${unplanned ? ', and what only it has is discarded' : ''}. Have the producers${toggle ? ' on the secondary' : ''} stopped?`,
      };
  }
}
