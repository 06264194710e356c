import { type Role } from '../observe/pair-observation';

/** How clients went from one member to the other; times are milliseconds since 1970. */
export interface Changeover {
  readonly from: Role;
  readonly to: Role;
  /** When they were sent there. */
  readonly movedAt: number;
  /** The last ones on the member that they left. @default - there were none */
  readonly lastAcknowledged?: number;
  readonly lastConsumed?: number;
  /** The first ones on the member that they went to. @default - none came */
  readonly firstAcknowledged?: number;
  readonly firstConsumed?: number;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type Happened = 'acknowledged' | 'consumed';

const LAST = { acknowledged: 'lastAcknowledged', consumed: 'lastConsumed' } as const;
const FIRST = { acknowledged: 'firstAcknowledged', consumed: 'firstConsumed' } as const;

/** Finds what was last on one side and first on the other. */
export class Changeovers {
  public readonly all: Changeover[] = [];
  private readonly last: Partial<Record<Role, Partial<Record<Happened, number>>>> = {};
  private current?: Writable<Changeover>;

  public moved(from: Role, to: Role, at: number): void {
    const { acknowledged, consumed } = this.last[from] ?? {};
    this.current = {
      from,
      to,
      movedAt: at,
      ...(acknowledged !== undefined && { lastAcknowledged: acknowledged }),
      ...(consumed !== undefined && { lastConsumed: consumed }),
    };
    this.all.push(this.current);
  }

  /** What was sent before a move may be acknowledged after it, by the member that it was sent to. */
  public happened(what: Happened, { at, on }: { readonly at: number; readonly on: Role }): void {
    this.last[on] = { ...this.last[on], [what]: at };
    const { current } = this;
    if (current?.from === on) {
      current[LAST[what]] = at;
    } else if (current) {
      current[FIRST[what]] ??= at;
    }
  }
}
