import { AzureError } from '../../azure/addresses';
import { text } from '../../schema/value';
import { matching } from '../planning/rules';
import { type ObjectBehaviour } from './azure-object';
import { groupId, location } from './names';

export const GROUP_NAME = /^[\w.()-]{0,89}[\w()-]$/;

/** The provider looks for ten minutes whether a group becomes empty. */
const LOOK_SECONDS = 10;
const LOOKS = 60;

export const resourceGroup: ObjectBehaviour = {
  title: 'Resource Group',
  forceNew: ['name', 'location'],
  normalize: { location },
  rules: { name: matching(GROUP_NAME) },
  id: ({ name }, subscription) => groupId(subscription, name as string),
  release: async ({ id, name }, { azure, pace }) => {
    const empty = await pace.poll(LOOK_SECONDS, LOOKS, () =>
      Promise.resolve(azure.idsBelow(text(id)).length === 0 ? true : undefined),
    );
    if (!empty) {
      const left = azure.idsBelow(text(id)).map((other) => `* ${other}`);
      throw new AzureError(
        409,
        'ResourceGroupNotEmpty',
        `the Resource Group "${text(name)}" still contains Resources: ${left.join(', ')}. Delete them, or tell Terraform of them, and try again.`,
      );
    }
  },
};
