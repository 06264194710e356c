import { type Activity, type Experiment } from './journal';

export const PHASE_NAMES = [
  'check',
  'block',
  'outage',
  'failover',
  'check-moved',
  'unblock',
  'recovery',
  'status',
  'failback',
] as const;
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
  /**
   * The primary itself is lost, by the lab or by whoever runs the drill; unplanned then, and without a toggle.
   *
   * @default - it is there all the time
   */
  readonly disaster?: 'lab' | 'operator';
}

/**
 * Steps 4 to 13 of the guide. After an unplanned failover the block is lifted last: clients that come back before the
 * primary is restored would write records that are thrown away.
 */
export function phasesOf(request: DrillRequest): Phase[] {
  const { unplanned, toggle, disaster } = request;
  const order: readonly PhaseName[] = disaster
    ? ['check', 'outage', 'failover', 'check-moved', 'recovery', 'status', 'failback']
    : unplanned
      ? ['check', 'block', 'failover', 'check-moved', 'status', 'failback', 'unblock']
      : ['check', 'block', 'failover', 'check-moved', 'unblock', 'status', 'failback'];
  return order
    .filter((name) => toggle || (name !== 'block' && name !== 'unblock'))
    .map((name) => phaseOf(name, request));
}

export function experimentOf(request: DrillRequest, pair: string): Experiment {
  return {
    title: `Losing the primary of ${pair}${request.disaster ? ', in a disaster' : request.unplanned ? ', unplanned' : ''}`,
    description: 'The primary is taken away from its clients, the secondary takes over, and all goes back.',
    tags: [
      'kafka',
      'disaster-recovery',
      request.unplanned ? 'unplanned' : 'planned',
      ...(request.disaster ? ['disaster'] : []),
    ],
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

function phaseOf(name: PhaseName, { unplanned, toggle, disaster }: DrillRequest): Phase {
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
    case 'outage':
      return {
        name,
        steps: '5 and 6',
        activity: activity('action', name, disaster === 'lab' ? 'lab fault add refused primary' : 'status'),
        question:
          disaster === 'lab'
            ? 'Next, the primary is lost: nothing of it answers any more. Are a producer and a consumer running?'
            : 'Next, the primary has to be lost: take it away now, in your own way. Is it gone?',
      };
    case 'failover':
      return {
        name,
        steps: '7 and 8',
        activity: activity(
          'action',
          name,
          disaster
            ? 'failover --unplanned'
            : unplanned
              ? 'failover --unplanned --although-active-answers'
              : 'failover --planned',
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
    case 'recovery':
      return {
        name,
        steps: '10',
        activity: activity('action', name, disaster === 'lab' ? 'lab fault clear' : 'status'),
        question:
          disaster === 'lab'
            ? 'Next, the primary comes back. Have clients moved to the secondary?'
            : 'Next, the primary has to come back: bring it back now, in your own way. Is it there again?',
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
