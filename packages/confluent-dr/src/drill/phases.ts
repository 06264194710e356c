import { type Activity } from './activity';
import { type Experiment, type PhaseName } from './journal';

/** A part of the drill; there is a stop before each one that changes something. */
export interface Phase {
  readonly name: PhaseName;
  /** The guide's steps. */
  readonly steps: string;
  readonly activity: Activity;
  /** What is about to happen, and what people have to do before; undefined where nothing changes. */
  readonly question?: PhaseQuestion;
}

/** - `loser`: who takes the primary away, and brings it back */
export type PhaseQuestion =
  | { readonly code: 'block' }
  | { readonly code: 'outage' | 'recovery'; readonly loser: 'lab' | 'operator' }
  | { readonly code: 'failover'; readonly unplanned: boolean }
  | { readonly code: 'unblock'; readonly haveClientsMoved: boolean }
  | { readonly code: 'failback'; readonly discards: boolean; readonly isProxyToggled: boolean };

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

/** The texts of an experiment, which the format of its journal asks for. */
export interface ExperimentWords {
  readonly title: string;
  readonly description: string;
  readonly steadyState: string;
}

export function experimentOf(request: DrillRequest, { title, description, steadyState }: ExperimentWords): Experiment {
  return {
    title,
    description,
    tags: [
      'kafka',
      'disaster-recovery',
      request.unplanned ? 'unplanned' : 'planned',
      ...(request.disaster ? ['disaster'] : []),
    ],
    'steady-state-hypothesis': { title: steadyState, probes: [STEADY_PROBE] },
    method: phasesOf(request).map(({ activity }) => activity),
    rollbacks: [],
  };
}

/** Held to be so before, and again after. */
export const STEADY_PROBE: Activity = { ...activity('probe', 'steady', ['status']), tolerance: true };

function activity(type: Activity['type'], name: string, words: readonly string[]): Activity {
  return { type, name, provider: { type: 'process', path: 'confluent-dr', arguments: words.join(' ') } };
}

function phaseOf(name: PhaseName, { unplanned, toggle, disaster }: DrillRequest): Phase {
  switch (name) {
    case 'check':
      return { name, steps: '4', activity: activity('probe', name, ['check']) };
    case 'block':
      return {
        name,
        steps: '5 and 6',
        activity: activity('action', name, ['block']),
        question: { code: name },
      };
    case 'outage':
      return {
        name,
        steps: '5 and 6',
        activity: activity(
          'action',
          name,
          disaster === 'lab' ? ['lab', 'fault', 'add', 'refused', 'primary'] : ['status'],
        ),
        question: { code: name, loser: disaster! },
      };
    case 'failover': {
      const although = unplanned && !disaster ? ['--although-active-answers'] : [];
      return {
        name,
        steps: '7 and 8',
        activity: activity('action', name, ['failover', unplanned ? '--unplanned' : '--planned', ...although]),
        question: { code: name, unplanned },
      };
    }
    case 'check-moved':
      return { name, steps: '9', activity: activity('probe', name, ['status']) };
    case 'unblock':
      return {
        name,
        steps: '10',
        activity: activity('action', name, ['unblock']),
        question: { code: name, haveClientsMoved: !unplanned },
      };
    case 'recovery':
      return {
        name,
        steps: '10',
        activity: activity('action', name, disaster === 'lab' ? ['lab', 'fault', 'clear'] : ['status']),
        question: { code: name, loser: disaster! },
      };
    case 'status':
      return { name, steps: '11', activity: activity('probe', name, ['status']) };
    case 'failback':
      return {
        name,
        steps: '12',
        activity: activity('action', name, ['failback']),
        question: { code: name, discards: unplanned, isProxyToggled: toggle },
      };
  }
}
