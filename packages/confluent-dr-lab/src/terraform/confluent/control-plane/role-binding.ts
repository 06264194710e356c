import { text } from '../../../schema/value';
import { matching } from '../../planning/rules';
import { type ResourceType, type Stored } from '../../resource-type';
import { type Json, WAITS } from '../api-client';
import { there } from '../presence';
import { type Session } from '../session';

const PATH = '/iam/v2/role-bindings';
const GONE = [403, 404];

export const roleBinding: ResourceType<Session> = {
  planning: {
    forceNew: ['principal', 'role_name', 'crn_pattern'],
    defaults: { disable_wait_for_ready: false },
    rules: { principal: matching(/^User:.+$/), crn_pattern: matching(/^crn:\/\/.+$/) },
  },
  create: async (planned, { control, pace }) => {
    const { principal, role_name, crn_pattern, disable_wait_for_ready } = planned;
    const created = await control.post(PATH, {
      principal: text(principal),
      role_name: text(role_name),
      crn_pattern: text(crn_pattern),
    });
    if (disable_wait_for_ready !== true) {
      await pace.wait(WAITS.roleBinding);
    }
    // The provider reads it once more.
    const found = await control.find(`${PATH}/${text(created.id)}`, {}, GONE);
    return { ...planned, ...there(`Role Binding ${text(created.id)}`, found && attributes(found)) };
  },
  read: async (state, { control }) => {
    const found = await control.find(`${PATH}/${text(state.id)}`, {}, GONE);
    return found ? { ...state, ...attributes(found) } : null;
  },
  // Only the waiting can change, and that is nothing to tell the cloud.
  update: (_prior, planned) => Promise.resolve(planned),
  delete: ({ id }, { control }) => control.delete(`${PATH}/${text(id)}`),
  import: async (id, { control }) => {
    const found = await control.find(`${PATH}/${id}`, {}, GONE);
    return found ? { disable_wait_for_ready: false, ...attributes(found) } : null;
  },
};

function attributes({ id, principal, role_name, crn_pattern }: Json): Stored {
  return { id: text(id), principal: text(principal), role_name: text(role_name), crn_pattern: text(crn_pattern) };
}
