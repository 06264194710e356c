import { text } from '../../../schema/value';
import { notEmpty } from '../../planning/rules';
import { type DataSourceType, type ResourceType, type Stored } from '../../resource-type';
import { type Json } from '../api-client';
import { type Session } from '../session';
import { everyRow, theOneNamed } from './lists';

const PATH = '/iam/v2/service-accounts';
const GONE = [403, 404];

export const serviceAccount: ResourceType<Session> = {
  planning: { forceNew: ['display_name'], rules: { display_name: notEmpty } },
  create: async ({ display_name, description }, { control }) =>
    attributes(await control.post(PATH, { display_name: text(display_name), description: text(description) })),
  read: async ({ id }, { control }) => attributesOrNull(await control.find(`${PATH}/${text(id)}`, {}, GONE)),
  update: async ({ id }, { description }, { control }) =>
    attributes(await control.patch(`${PATH}/${text(id)}`, { description: text(description) })),
  delete: ({ id }, { control }) => control.delete(`${PATH}/${text(id)}`),
  import: async (id, { control }) => attributesOrNull(await control.find(`${PATH}/${id}`, {}, GONE)),
};

export const serviceAccountData: DataSourceType<Session> = {
  read: async ({ id, display_name }, { control }) =>
    attributes(
      text(id)
        ? await control.get(`${PATH}/${text(id)}`)
        : theOneNamed('Service Account', text(display_name), await everyRow(control, PATH), (row) =>
            text(row.display_name),
          ),
    ),
};

function attributesOrNull(found: Json | undefined): Stored | null {
  return found ? attributes(found) : null;
}

function attributes({ id, display_name, description }: Json): Stored {
  return {
    id: text(id),
    display_name: text(display_name),
    description: text(description),
    api_version: 'iam/v2',
    kind: 'ServiceAccount',
  };
}
