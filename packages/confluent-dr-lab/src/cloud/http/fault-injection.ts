import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Clock } from '../clock';
import { type EventLog } from '../event-log';
import { type CloudState, meetFaults, type WireFault } from '../state';
import { type Caller } from './authentication';
import { type Handler } from './listener';

/** How a plane says that it is unavailable (503) or throttled (429). */
export type FaultAnswer = (status: number, message: string) => { readonly contentType: string; readonly body: string };

export interface FaultInjectionProps {
  readonly target: string;
  readonly state: CloudState;
  readonly clock: Clock;
  readonly events: EventLog;
  readonly callers: WeakMap<IncomingMessage, Caller>;
  readonly answer: FaultAnswer;
  readonly handler: Handler;
}

/** Stands before a plane: writes down every request, and does to it what the faults say. */
export function injectFaults(props: FaultInjectionProps): Handler {
  return (request, response) => {
    const { target, state, clock, events, callers } = props;
    const [method, path] = [request.method ?? '', request.url ?? ''];
    const faults = meetFaults(state, target, method, path);
    response.once('close', () => {
      const caller = callers.get(request);
      events.add({
        at: new Date(clock.now()).toISOString(),
        target,
        ...(caller && { caller: [caller.ownerId, caller.keyId].filter(Boolean).join(' ') }),
        method,
        path,
        status: response.headersSent ? response.statusCode : 0,
        ...(faults.length > 0 && { faults: faults.map(({ kind }) => kind) }),
      });
    });
    meet(props, request, response, faults);
  };
}

function meet(
  props: FaultInjectionProps,
  request: IncomingMessage,
  response: ServerResponse,
  faults: WireFault[],
): void {
  const [fault, ...others] = faults;
  switch (fault?.kind) {
    case undefined:
      props.handler(request, response);
      return;
    case 'refused':
      request.socket.destroy();
      return;
    case 'hanging':
      return;
    case 'unavailable':
      answer(response, props, 503, 'Service Unavailable');
      return;
    case 'throttled':
      response.setHeader('Retry-After', fault.retryAfterSeconds);
      answer(response, props, 429, 'Too Many Requests');
      return;
    case 'slow':
      setTimeout(() => meet(props, request, response, others), fault.delayMs).unref();
      return;
    case 'cut':
      cutInTheMiddle(response);
      meet(props, request, response, others);
  }
}

function answer(response: ServerResponse, props: FaultInjectionProps, status: number, message: string): void {
  const { contentType, body } = props.answer(status, message);
  response.writeHead(status, { 'content-type': contentType });
  response.end(body);
}

/** Announces the whole answer, sends half of it, and hangs up. */
function cutInTheMiddle(response: ServerResponse): void {
  response.end = ((body?: unknown) => {
    const text = typeof body === 'string' ? body : '';
    const hangUp = (): unknown => response.socket?.destroy();
    if (text === '') {
      hangUp();
    } else {
      response.write(text.slice(0, Math.ceil(text.length / 2)), hangUp);
    }
    return response;
  }) as typeof response.end;
}
