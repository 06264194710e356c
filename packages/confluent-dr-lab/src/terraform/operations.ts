/** What a provider was asked to do with one object. */
export interface Operation {
  readonly operation: 'create' | 'update' | 'delete' | 'read' | 'import';
  readonly type: string;
  readonly id: string;
}

const WRITES: readonly string[] = ['create', 'update', 'delete'];
const KEPT = 20_000;

/** The providers' side of the event log: what Terraform did, in its own terms. */
export class Operations {
  private list: Operation[] = [];

  public add(operation: Operation): void {
    this.list.push(operation);
    if (this.list.length > 2 * KEPT) {
      this.list = this.list.slice(-KEPT);
    }
  }

  public all(): readonly Operation[] {
    return this.list;
  }

  public reads(): readonly Operation[] {
    return this.list.filter(({ operation }) => operation === 'read');
  }

  public writes(): readonly Operation[] {
    return this.list.filter(({ operation }) => WRITES.includes(operation));
  }

  public clear(): void {
    this.list = [];
  }
}
