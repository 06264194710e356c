import { type HostRoute } from './host-finder';
import { type Effect, type FailureKind } from './request-failure';

/** One attempt that has ended, or a wait that begins. Without secrets. */
export type RequestEvent =
  | {
      readonly type: 'attempt';
      /** When it began, as ISO 8601 by this machine's clock. */
      readonly at: string;
      readonly method: string;
      readonly url: string;
      readonly effect: Effect;
      /** From 1. */
      readonly attempt: number;
      readonly durationMs: number;
      /** How its host was found. */
      readonly way: HostRoute['way'];
      /** Undefined if there was no answer. */
      readonly status?: number;
      /** Undefined if it succeeded. */
      readonly failure?: FailureKind;
    }
  | {
      readonly type: 'waiting';
      readonly method: string;
      readonly url: string;
      readonly waitMs: number;
      /** Why it has to be repeated. */
      readonly failure: FailureKind;
    };
export type RequestListener = (event: RequestEvent) => void;
