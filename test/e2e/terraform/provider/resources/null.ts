import { type ProviderBehaviour } from '../planning/behaviour';

/** Imitates hashicorp/null, which only states of the original still need. */
export const nothing: ProviderBehaviour = {
  resources: {
    null_resource: { forceNew: ['triggers'], create: (_planned, cloud) => ({ id: String(1000 + cloud.next()) }) },
  },
  dataSources: {},
};
