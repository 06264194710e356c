import { type Effect, type FailureKind, RequestFailure } from './request-failure';

export interface ErrorAnswer {
  readonly kind: FailureKind;
  readonly detail: string;
  readonly errorCode?: number;
  readonly retryAfterMs?: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const KIND_OF_STATUS: Readonly<Record<number, FailureKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  408: 'unavailable',
  429: 'throttled',
};
const LONGEST_DETAIL = 300;

/**
 * What an answer other than 2xx means.
 *
 * @param now milliseconds since 1970, for a Retry-After that is a date
 */
export function errorAnswer({ status, headers, body }: RawAnswer, now: number): ErrorAnswer {
  const { errorCode, message } = errorBody(body);
  return { kind: kindOf(status), detail: message, errorCode, retryAfterMs: retryAfter(headers['retry-after'], now) };
}

function kindOf(status: number): FailureKind {
  const others: FailureKind = status >= 500 ? 'unavailable' : status >= 400 ? 'bad-request' : 'malformed';
  return KIND_OF_STATUS[status] ?? others;
}

interface KnownBody {
  /** Kafka REST and Schema Registry. */
  readonly error_code?: unknown;
  readonly message?: unknown;
  /** The control plane. */
  readonly errors?: readonly { readonly detail?: unknown }[];
}

function errorBody(body: string): { errorCode?: number; message: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { message: shortText(body) };
  }
  if (typeof parsed !== 'object' || parsed === null) {
    return { message: shortText(body) };
  }
  const { error_code: code, message, errors } = parsed as KnownBody;
  const detail = message ?? (Array.isArray(errors) ? (errors as KnownBody['errors'])?.[0]?.detail : undefined);
  return {
    ...(typeof code === 'number' && { errorCode: code }),
    message: shortText(typeof detail === 'string' ? detail : body),
  };
}

/** A gateway answers with a page: its words alone, on one line. */
function shortText(text: string): string {
  const words = text
    .replace(/<(style|script)\b.*?<\/\1>|<[^>]*>/gis, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > LONGEST_DETAIL ? `${words.slice(0, LONGEST_DETAIL)}…` : words;
}

function retryAfter(header: string | string[] | undefined, now: number): number | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined) {
    return undefined;
  }
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly effect: Effect;
}

interface RowsAnswer<T> {
  readonly data: T[];
  readonly metadata?: { readonly next?: string | null };
}

/**
 * The rows of a list.
 *
 * @throws RequestFailure if the answer is no list, or not all of it: Kafka REST v3 of Confluent Cloud has lists of one page
 */
export function rowsIn<T>(answer: RowsAnswer<T> | undefined, asked: Asked): T[] {
  // The types are a promise of the document; what came may be anybody's answer.
  const { data, metadata } = objectIn(answer, asked);
  if (!Array.isArray(data)) {
    throw malformed(asked, 'no list "data" in it');
  }
  if (metadata?.next) {
    throw malformed(asked, 'a list of several pages, of which this is one');
  }
  return data;
}

/**
 * The answer itself.
 *
 * @throws RequestFailure if it is no object
 */
export function objectIn<T extends object>(answer: T | undefined, asked: Asked): T {
  if (typeof answer !== 'object' || answer === null) {
    throw malformed(asked, 'no object');
  }
  return answer;
}

export function malformed(asked: Asked, detail: string): RequestFailure {
  return new RequestFailure({ ...asked, kind: 'malformed', sent: true, detail });
}
