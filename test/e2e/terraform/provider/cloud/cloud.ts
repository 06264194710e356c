import { ProviderError } from '../protocol/diagnostics';
import { isObject, type Value, type ValueObject } from '../schema/value';

export interface Operation {
  readonly operation: 'create' | 'update' | 'delete' | 'read' | 'import';
  readonly type: string;
  readonly id: string;
}

/** What the providers manage: objects by type and id, a log of what was done, and faults on demand. */
export class Cloud {
  public readonly log: Operation[] = [];
  private objects = new Map<string, ValueObject>();
  private gone = new Set<string>();
  private readonly faults = new Map<string, string>();
  private counter = 0;

  /** Terraform's view of an object: null when it was deleted, undefined when this cloud never heard of it. */
  public get(type: string, id: string): ValueObject | null | undefined {
    const key = keyOf(type, id);
    return this.objects.get(key) ?? (this.gone.has(key) ? null : undefined);
  }

  public all(type: string): ValueObject[] {
    return [...this.objects].filter(([key]) => key.startsWith(`${type}|`)).map(([, object]) => object);
  }

  /** Creates, changes or, for a test, makes up an object. */
  public put(type: string, id: string, object: ValueObject): void {
    this.objects.set(keyOf(type, id), object);
    this.gone.delete(keyOf(type, id));
  }

  /** Somebody changes an object behind Terraform's back. */
  public drift(type: string, id: string, changes: Readonly<Record<string, Value>>): void {
    const object = this.objects.get(keyOf(type, id));
    if (!object) {
      throw new Error(`There is no ${type} with id ${id} to change.`);
    }
    this.put(type, id, { ...object, ...changes });
  }

  public delete(type: string, id: string): void {
    this.objects.delete(keyOf(type, id));
    this.gone.add(keyOf(type, id));
  }

  /** From now on, objects of this type come into being but do not work: their creation fails with this message. */
  public fail(type: string, message: string): void {
    this.faults.set(type, message);
  }

  public repair(type: string): void {
    this.faults.delete(type);
  }

  public throwFault(type: string, summary: string): void {
    const message = this.faults.get(type);
    if (message !== undefined) {
      throw new ProviderError(summary, message);
    }
  }

  /** Remembers what there is now; the function that it gives brings it back, with an empty log and without faults. */
  public snapshot(): () => void {
    const [objects, gone] = [new Map(this.objects), new Set(this.gone)];
    return () => {
      this.log.length = 0;
      this.faults.clear();
      this.objects = new Map(objects);
      this.gone = new Set(gone);
    };
  }

  /** What was written since the log was last cleared. */
  public writes(): Operation[] {
    return this.log.filter(({ operation }) => ['create', 'update', 'delete'].includes(operation));
  }

  /** A number that no other object has. */
  public next(): number {
    this.counter += 1;
    return this.counter;
  }
}

function keyOf(type: string, id: string): string {
  return `${type}|${id}`;
}

export function idOf(object: Value): string {
  return isObject(object) && typeof object.id === 'string' ? object.id : '';
}
