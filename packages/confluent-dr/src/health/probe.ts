import { type Socket } from 'node:net';
import { networkFailure } from '../client/network-failure';
import { type FoundAddresses } from './addresses';
import { type Ask } from './asking';
import { connected, secured } from './connecting';
import { type LayerResult, notAsked, type Passage, type Service } from './passage';

export interface Target<S extends string = Service> extends Pick<Passage<S>, 'service' | 'way' | 'host' | 'port'> {
  /** Whether it speaks TLS; the lab's services on loopback do not. */
  readonly secure: boolean;
  /** Where the connection goes to: the host's own addresses, or the proxy's. */
  readonly to: FoundAddresses;
  readonly ask: Ask;
}

export interface ProbeLimits {
  /** Milliseconds for each of connection, TLS and answer. @default 5000 */
  readonly limitMs?: number;
  /** Certificates to trust, as PEM. @default those that Node trusts */
  readonly trusted?: string;
  /** Ends the probe with its reason. @default never */
  readonly signal?: AbortSignal;
}

const BEFORE = notAsked('failed-before');

/**
 * Goes one way to one service, as far as it leads. What fails is part of the passage.
 *
 * @throws the signal's reason
 */
export async function probe<S extends string>(target: Target<S>, limits: ProbeLimits = {}): Promise<Passage<S>> {
  const { service, way, host, port, secure, to, ask } = target;
  const passage = (layers: Partial<Passage['layers']>): Passage<S> => ({
    service,
    way,
    host,
    port,
    layers: { addresses: to.result, connection: BEFORE, tls: BEFORE, answer: BEFORE, ...layers },
  });
  if (to.result.kind !== 'ok') {
    return passage({});
  }
  const tcp = await attempt((signal) => connected(to.addresses, port, signal), limits);
  if ('failed' in tcp) {
    return passage({ connection: tcp.failed });
  }
  const connection: LayerResult = { kind: 'ok', detail: `with ${tcp.value.remoteAddress} port ${port}` };
  try {
    const tls = secure
      ? await attempt((signal) => secured(tcp.value, host, signal, limits.trusted), limits)
      : undefined;
    if (tls && 'failed' in tls) {
      return passage({ connection, tls: tls.failed });
    }
    const open: Socket = tls?.value.socket ?? tcp.value;
    const answered = await attempt((signal) => ask(open, signal), limits);
    return passage({
      connection,
      tls: tls ? { kind: 'ok', detail: tls.value.certificate } : notAsked('lab-without-tls'),
      answer: 'failed' in answered ? answered.failed : answered.value,
    });
  } finally {
    tcp.value.destroy();
  }
}

type Attempt<T> = { readonly value: T } | { readonly failed: LayerResult };

async function attempt<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { limitMs = 5000, signal: given }: ProbeLimits,
): Promise<Attempt<T>> {
  given?.throwIfAborted();
  const limit = AbortSignal.timeout(limitMs);
  try {
    return { value: await work(given ? AbortSignal.any([given, limit]) : limit) };
  } catch (error) {
    given?.throwIfAborted();
    if (limit.aborted) {
      return { failed: { kind: 'failed', failure: 'timeout', detail: `nothing came within ${limitMs} ms` } };
    }
    const { kind, detail } = networkFailure(error);
    const { code } = error as { readonly code?: string };
    const failure = kind === 'aborted' ? 'cut' : kind;
    return { failed: { kind: 'failed', failure, detail, ...(code !== undefined && { code }) } };
  }
}
