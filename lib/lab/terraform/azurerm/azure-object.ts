import { type Azure } from '../../azure/azure';
import { settle } from '../planning/plan';
import { type ResourcePlanning } from '../planning/planning';
import { type ResourceType, type Stored } from '../resource-type';
import { text } from '../schema/reading';
import { knownPart, type ValueObject } from '../schema/value';

/** A type whose objects are attributes at an id, and nothing more. */
export interface ObjectBehaviour extends ResourcePlanning {
  /** The computed attributes of a new object; others become null. It must give an id. */
  readonly create: (planned: ValueObject, azure: Azure) => Stored;
}

export function azureObject(type: string, { create, ...planning }: ObjectBehaviour): ResourceType<Azure> {
  return {
    planning,
    create: (planned, azure) => {
      const attributes = knownPart(settle(planned, create(planned, azure))) as Stored;
      azure.put(type, attributes);
      return Promise.resolve(attributes);
    },
    read: (state, azure) => Promise.resolve(azure.find(type, text(state.id))),
    update: (_prior, planned, azure) => {
      const attributes = knownPart(planned) as Stored;
      azure.put(type, attributes);
      return Promise.resolve(attributes);
    },
    delete: (state, azure) => Promise.resolve(azure.delete(type, text(state.id))),
    import: (id, azure) => Promise.resolve(azure.find(type, id)),
  };
}
