import { ProviderError } from '../../protocol/diagnostics';

/** The states that the client library of this provider version knows. */
const KNOWN = ['ACTIVE', 'PAUSED', 'STOPPED', 'PENDING_STOPPED', 'FAILED'];

const TRANSITIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ACTIVE: { PAUSED: 'pause', FAILED_OVER: 'failover', PROMOTED: 'promote' },
  PAUSED: { ACTIVE: 'resume', FAILED_OVER: 'failover', PROMOTED: 'promote' },
};

/** @throws ProviderError for states that end the plan of the whole stack, as they do with the real provider */
export function readableStatus(status: string): string {
  if (!KNOWN.includes(status)) {
    throw new ProviderError(
      `error reading Kafka Mirror Topic: ${status} is not a valid MirrorTopicStatus`,
      'The provider can read the mirror again once its transition has ended and its source is back. Until then plan ' +
        'and apply work with -refresh=false.',
    );
  }
  return status;
}

/** The operation that leads from one status to the one in the configuration. */
export function operationFor(before: string, after: string): string {
  const operation = TRANSITIONS[before]?.[after];
  if (!operation) {
    const allowed = Object.entries(TRANSITIONS).map(([from, to]) => `${from} → ${Object.keys(to).join(', ')}`);
    throw new ProviderError(
      `error updating Kafka Mirror Topic: transition ${before} → ${after} is not supported`,
      `Supported are ${allowed.join('; ')}.`,
    );
  }
  return operation;
}
