import { randomUUID } from 'node:crypto';
import { type ProviderDefinition } from './resource-type';

/** Imitates hashicorp/null, which states of the original still need: objects that are nowhere but in the state. */
export function nullProvider(): ProviderDefinition<undefined> {
  return {
    source: 'registry.terraform.io/hashicorp/null',
    schemaFile: 'null.json',
    configure: () => undefined,
    resources: {
      null_resource: {
        planning: { forceNew: ['triggers'] },
        create: (planned) => Promise.resolve({ ...planned, id: randomUUID() }),
        read: (state) => Promise.resolve(state),
        update: (_prior, planned) => Promise.resolve(planned),
        delete: () => Promise.resolve(),
      },
    },
    dataSources: {},
  };
}
