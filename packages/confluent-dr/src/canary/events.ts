import { type Role } from '../observe/pair-observation';

/** Records that follow one another in one partition: from the first sequence number to the last, both included. */
export interface Span {
  readonly partition: number;
  readonly first: number;
  readonly last: number;
}

/**
 * What a canary did and saw, one line of its raw log each. All of its figures follow from these lines and nothing else. `at`
 * is milliseconds since 1970 by the clock of the machine that it ran on.
 */
export type CanaryEvent =
  | CanaryBegin
  /** Handed to the producer. */
  | (Happening<'sent'> & Span)
  /** By all replicas that are in sync. */
  | (Happening<'acknowledged'> & Span)
  /** Sent and not acknowledged: whether it was written is not known. It is not sent again. */
  | (Happening<'not-acknowledged'> & Span & { readonly cause: string })
  /** What the consumer got, in this order; `age` of the oldest of them, `late` how many were older than allowed. */
  | (Happening<'consumed'> & Span & { readonly age: number; readonly late: number })
  /** Producer and consumer went to this member, the producer as a new one. */
  | Happening<'moved'>
  | (Happening<'trouble'> & { readonly who: 'producer' | 'consumer' | 'look' | 'read'; readonly cause: string })
  /** The group gave these partitions to other members than the canary; none: it has all of them again. */
  | (Happening<'shared'> & { readonly partitions: readonly number[] })
  /** The canary itself did not run since then, or its clock was set; it is the earlier one where that was put back. */
  | (Happening<'stood-still'> & { readonly since: number })
  /** A further run took it up, of whose log this is no line: what was not consumed until then, nobody was there to consume. */
  | Happening<'taken-up'>
  /** Nothing is sent any more. */
  | Happening<'stopped'>
  /** What an independent read of the cluster found, in the order of the log. */
  | (Happening<'found'> & Span & { /** Of which run. @default - of this one */ readonly run?: string })
  /** That read came to the end of the partition, which stood at this offset. */
  | (Happening<'read'> & { readonly partition: number; readonly from: number; readonly to: number });

interface Happening<Type extends string> {
  readonly type: Type;
  readonly at: number;
  readonly on: Role;
}

export interface CanaryBegin extends Happening<'begin'> {
  readonly run: string;
  /** Runs that ended on the way and that it goes on from: their records are read back with its own. @default - none */
  readonly earlier?: readonly string[];
  /** By its name on the primary. */
  readonly topic: string;
  readonly partitions: number;
  /** Records a second, over all partitions. */
  readonly rate: number;
  /** Milliseconds after which a record that is consumed counts as late. */
  readonly lateAfter: number;
  readonly group: string;
  readonly way: 'proxy' | 'direct';
  /** `lkc-…` of each member. */
  readonly clusters: Readonly<Record<Role, string>>;
  readonly versions: Readonly<Record<string, string>>;
}
