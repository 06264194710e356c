import { block, text, type ValueObject } from '../../../schema/value';
import { ProviderError } from '../../protocol/messages';
import { type DataSourceType } from '../../resource-type';
import { part } from '../api-client';
import { type Session } from '../session';
import { everyRow } from './lists';

const PATH = '/srcm/v3/clusters';

export const schemaRegistryClusterData: DataSourceType<Session> = {
  read: async (config, { control }) => {
    const environment = text(block(config.environment).id);
    const wanted = text(config.id);
    const [found] = wanted
      ? [await control.get(`${PATH}/${wanted}`, { environment })]
      : await everyRow(control, PATH, { environment });
    if (!found) {
      throw new ProviderError(
        `error reading Schema Registry Clusters: there is no Schema Registry Cluster in environment ${environment}`,
        'The environment has no Stream Governance package yet.',
      );
    }
    const spec = part(found, 'spec');
    return {
      id: text(found.id),
      api_version: 'srcm/v3',
      kind: 'Cluster',
      display_name: text(spec.display_name),
      package: text(spec.package),
      cloud: text(spec.cloud),
      region: text(spec.region),
      rest_endpoint: text(spec.http_endpoint),
      catalog_endpoint: text(spec.catalog_http_endpoint),
      private_rest_endpoint: '',
      private_regional_rest_endpoints: part(
        part(spec, 'private_networking_config'),
        'regional_endpoints',
      ) as ValueObject,
      resource_name: text(part(found, 'metadata').resource_name),
    };
  },
};
