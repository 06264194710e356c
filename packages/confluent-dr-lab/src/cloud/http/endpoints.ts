import { type CloudState } from '../state';
import { type Handler, Listener } from './listener';

/** The addresses of all data planes: one a cluster and one a registry, open as long as these exist and are not refused. */
export class Endpoints {
  private readonly endpoints = new Map<string, Listener>();
  private working: Promise<void> = Promise.resolve();

  /** @param reserved the ports of an earlier run, which clients have written down */
  constructor(
    private readonly handlerOf: (id: string) => Handler,
    private readonly reserved: Readonly<Record<string, number>> = {},
  ) {}

  public urlOf(id: string): string {
    return this.endpoints.get(id)?.url ?? '';
  }

  public ports(): Record<string, number> {
    return Object.fromEntries([...this.endpoints].map(([id, { port }]) => [id, port]));
  }

  /** Opens and closes what the state calls for; one call after the other. */
  public follow(state: CloudState): Promise<void> {
    if (this.isUpToDate(state)) {
      return this.working;
    }
    const next = (): Promise<void> => this.adapt(state);
    this.working = this.working.then(next, next);
    return this.working;
  }

  public async close(): Promise<void> {
    await this.working.catch(() => undefined);
    await Promise.all([...this.endpoints.values()].map((listener) => listener.close()));
  }

  private isUpToDate(state: CloudState): boolean {
    const wanted = wantedIds(state);
    return (
      wanted.length === this.endpoints.size &&
      wanted.every((id) => this.endpoints.get(id)?.isOpen === !isRefused(state, id))
    );
  }

  private async adapt(state: CloudState): Promise<void> {
    const wanted = wantedIds(state);
    for (const [id, listener] of this.endpoints) {
      if (!wanted.includes(id)) {
        this.endpoints.delete(id);
        await listener.close();
      }
    }
    for (const id of wanted) {
      await this.adaptOne(id, isRefused(state, id));
    }
  }

  private async adaptOne(id: string, refused: boolean): Promise<void> {
    const listener = this.endpoints.get(id) ?? (await this.create(id));
    if (refused) {
      await listener.close();
    } else if (!listener.isOpen) {
      await listener.open();
    }
  }

  private async create(id: string): Promise<Listener> {
    const listener = new Listener(this.handlerOf(id));
    await listener.open(this.reserved[id] ?? 0).catch((error: NodeJS.ErrnoException) => {
      throw new Error(
        `The address of ${id} cannot be opened again: ${error.message}. Clients know it, so free that port.`,
      );
    });
    this.endpoints.set(id, listener);
    return listener;
  }
}

function wantedIds(state: CloudState): string[] {
  return [...state.kafkaClusters.keys(), ...state.schemaRegistries.keys()];
}

/** Only a fault without limits closes the address; another hangs up on the requests that it is meant for. */
function isRefused(state: CloudState, id: string): boolean {
  return [...state.faults.values()].some(
    (fault) => fault.kind === 'refused' && fault.target === id && !fault.method && !fault.path && !fault.times,
  );
}
