import { block, text, type ValueObject } from '../../../schema/value';
import { notEmpty, oneOf } from '../../planning/rules';
import { type DataSourceType, type ResourceType, type Stored } from '../../resource-type';
import { type Json, part } from '../api-client';
import { type Session } from '../session';
import { everyRow, theOneNamed } from './lists';

const PATH = '/org/v2/environments';
const GONE = [403, 404];

export const environment: ResourceType<Session> = {
  planning: { rules: { display_name: notEmpty, 'stream_governance.package': oneOf('ESSENTIALS', 'ADVANCED') } },
  create: async (planned, { control }) => attributes(await control.post(PATH, body(planned))),
  read: async (state, { control }) => read(state, await control.find(`${PATH}/${text(state.id)}`, {}, GONE)),
  update: async (prior, planned, { control }) =>
    attributes(await control.patch(`${PATH}/${text(prior.id)}`, body(planned))),
  delete: ({ id }, { control }) => control.delete(`${PATH}/${text(id)}`),
  import: async (id, { control }) => read({}, await control.find(`${PATH}/${id}`, {}, GONE)),
};

export const environmentData: DataSourceType<Session> = {
  read: async ({ id, display_name }, { control }) =>
    attributes(
      text(id)
        ? await control.get(`${PATH}/${text(id)}`)
        : theOneNamed('Environment', text(display_name), await everyRow(control, PATH), (row) =>
            text(row.display_name),
          ),
    ),
};

function body(planned: ValueObject): Json {
  const governance = text(block(planned.stream_governance).package);
  return {
    display_name: text(planned.display_name),
    ...(governance && { stream_governance_config: { package: governance } }),
  };
}

function read(state: ValueObject, found: Json | undefined): ValueObject | null {
  return found ? { ...state, ...attributes(found) } : null;
}

function attributes(found: Json): Stored {
  const governance = text(part(found, 'stream_governance_config').package);
  return {
    id: text(found.id),
    display_name: text(found.display_name),
    resource_name: text(part(found, 'metadata').resource_name),
    stream_governance: governance ? [{ package: governance }] : [],
  };
}
