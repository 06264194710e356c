import { AzureError } from '../../azure/addresses';
import { type Azure } from '../../azure/azure';
import { knownPart, text, type ValueObject } from '../../schema/value';
import { type Pace } from '../pace';
import { settle } from '../planning/plan';
import { type ResourcePlanning } from '../planning/rules';
import { ProviderError } from '../protocol/messages';
import { requireNameAndTags, TAGS } from './names-and-tags';
import { type ResourceType, type Stored, Unfinished } from '../resource-type';

/** What a configured provider works with. */
export interface AzureSession {
  readonly azure: Azure;
  readonly subscription: string;
  readonly pace: Pace;
}

const REASONS: Readonly<Record<number, string>> = { 400: 'Bad Request', 404: 'Not Found', 409: 'Conflict' };

/** What the provider makes of Azure's refusal; other errors stay as they are. */
export function refusal(step: string, error: unknown): unknown {
  if (!(error instanceof AzureError)) {
    return error;
  }
  const { status, code, message } = error;
  return new ProviderError(
    `${step}: unexpected status ${status} (${status} ${REASONS[status] ?? 'Unknown'}) with error: ${code}: ${message}`,
  );
}

export function alreadyExists(type: string, id: string): ProviderError {
  return new ProviderError(
    `A resource with the ID "${id}" already exists - to be managed via Terraform this resource needs to be imported ` +
      `into the State. Please see the resource documentation for "${type}" for more information.`,
  );
}

/** How objects of one type live in Azure. */
export interface ObjectBehaviour extends ResourcePlanning {
  /** As in the provider's errors: "creating Subnet". */
  readonly title: string;
  /** What Azure never tells, so that only the state knows it. */
  readonly secrets?: readonly string[];
  /** Of a new object. */
  readonly id: (planned: ValueObject, subscription: string) => string;
  /** The computed attributes of a new object; others become null. */
  readonly create?: (planned: ValueObject & { readonly id: string }, azure: Azure) => ValueObject;
  /** What the provider itself refuses when it applies. @throws ProviderError */
  readonly demand?: (planned: ValueObject) => void;
  /** What Azure refuses of a new or changed object. @throws AzureError */
  readonly accept?: (attributes: Stored, azure: Azure) => void;
  /** What follows in Azure from an object that is there or was changed. */
  readonly settled?: (attributes: Stored, azure: Azure) => Stored;
  /** The attributes that Azure works out when it is asked. */
  readonly live?: (attributes: ValueObject, azure: Azure) => ValueObject;
  /** What Azure refuses to delete. @throws AzureError */
  readonly release?: (attributes: ValueObject, session: AzureSession) => void | Promise<void>;
  /** What goes with the object. */
  readonly after?: (attributes: ValueObject, azure: Azure, state: ValueObject) => void;
  /** What only an import puts into the state. */
  readonly imported?: (attributes: ValueObject) => ValueObject;
}

export function azureObject(type: string, behaviour: ObjectBehaviour): ResourceType<AzureSession> {
  const { title, id: idOf, create, demand, accept, settled, live, release, after, imported, ...planning } = behaviour;
  const hidden = ['timeouts', ...(behaviour.secrets ?? [])];
  const tell = (attributes: ValueObject, azure: Azure, state: ValueObject): Stored =>
    ({ ...attributes, ...(live?.(attributes, azure) ?? {}), ...only(hidden, state) }) as Stored;
  const keep = (attributes: Stored, azure: Azure): Stored => {
    requireNameAndTags(attributes);
    accept?.(attributes, azure);
    const result = settled?.(attributes, azure) ?? attributes;
    azure.put(type, without(hidden, result) as Stored);
    return result;
  };
  return {
    planning: withTimeouts({ ...planning, rules: { tags: TAGS, ...planning.rules } }),
    create: async (planned, { azure, subscription }) => {
      demand?.(planned);
      const id = idOf(planned, subscription);
      if (azure.find(type, id)) {
        throw alreadyExists(type, id);
      }
      return orRefuse(`creating ${title} (${id})`, () => {
        const computed = create?.({ ...planned, id }, azure) ?? {};
        const attributes = { ...(knownPart(settle(planned, { ...computed, id })) as ValueObject), id };
        return tell(keep(attributes, azure), azure, knownPart(planned));
      });
    },
    read: (state, { azure }) => {
      const found = azure.find(type, text(state.id));
      return Promise.resolve(found && tell(found, azure, state));
    },
    update: async (_prior, planned, { azure }) => {
      const attributes = knownPart(planned) as Stored;
      try {
        demand?.(planned);
        return await orRefuse(`updating ${title} (${attributes.id})`, () =>
          tell(keep(attributes, azure), azure, attributes),
        );
      } catch (error) {
        // The older SDK writes the new values down although the update failed; the next refresh finds the old ones.
        throw error instanceof ProviderError ? new Unfinished(attributes, error.summary, error.detail) : error;
      }
    },
    delete: async (state, session) => {
      const id = text(state.id);
      const found = session.azure.find(type, id);
      await orRefuse(`deleting ${title} (${id})`, async () => {
        if (found) {
          await release?.(found, session);
          session.azure.delete(type, id);
          after?.(found, session.azure, state);
        }
      });
    },
    import: (id, { azure }) => {
      const found = azure.find(type, id);
      return Promise.resolve(found && { ...tell(found, azure, {}), ...(imported?.(found) ?? {}) });
    },
  };
}

/** A change of time-outs alone is none, and they are no part of the object. */
export function withTimeouts(planning: ResourcePlanning): ResourcePlanning {
  return { ...planning, suppress: { ...planning.suppress, timeouts: () => true } };
}

export function only(names: readonly string[], attributes: ValueObject): ValueObject {
  return Object.fromEntries(names.map((name) => [name, attributes[name] ?? null]));
}

export function without(names: readonly string[], attributes: ValueObject): ValueObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
}

async function orRefuse<T>(step: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw refusal(step, error);
  }
}
