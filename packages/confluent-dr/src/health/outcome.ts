import { LAYERS, type LayerResult, type Passage } from './passage';

/** Where a way to a service ended, in the words that a verdict needs. */
export const OUTCOMES = [
  'not-tried',
  'answers',
  /** It lives and says no: a wrong key, a missing role, too many requests. */
  'declines',
  /** DNS has no address for it. */
  'no-address',
  /** Nothing takes the connection. */
  'no-connection',
  /** The connection was taken, and closed before TLS was done. */
  'closed',
  /** The connection was taken, and nothing came after that. */
  'silent',
  /** Somebody else's certificate, or no TLS. */
  'stranger',
  /** TLS was done with the right host, and then no good answer came. */
  'faulty',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

type Failed = Extract<LayerResult, { kind: 'failed' }>;

const DECLINES: readonly Failed['failure'][] = ['unauthorized', 'forbidden', 'throttled', 'not-found', 'bad-request'];

export function outcomeOf({ layers }: Pick<Passage, 'layers'>): Outcome {
  for (const layer of LAYERS) {
    const result = layers[layer];
    if (result.kind === 'failed') {
      return OUTCOME_OF_LAYER[layer](result);
    }
  }
  return layers.answer.kind === 'ok' ? 'answers' : 'not-tried';
}

/** What failed, in the words of the network or the service; undefined if nothing did. */
export const failureOf = (passage: Pick<Passage, 'layers'>): string | undefined => failedLayer(passage)?.detail;

/** The first layer's result that failed; undefined if nothing did. */
export const failedLayer = ({ layers }: Pick<Passage, 'layers'>): Failed | undefined =>
  LAYERS.map((layer) => layers[layer]).find((result): result is Failed => result.kind === 'failed');

/** Whether somebody answered for the service, with whatever words. */
export const isAlive = (outcome: Outcome): boolean => outcome === 'answers' || outcome === 'declines';

const OUTCOME_OF_LAYER: Record<(typeof LAYERS)[number], (failed: Failed) => Outcome> = {
  addresses: () => 'no-address',
  connection: () => 'no-connection',
  tls: ({ failure }) => (failure === 'timeout' ? 'silent' : failure === 'tls' ? 'stranger' : 'closed'),
  answer: ({ failure }) => (DECLINES.includes(failure) ? 'declines' : 'faulty'),
};
