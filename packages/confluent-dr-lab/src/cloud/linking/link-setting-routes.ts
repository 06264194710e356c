import { Body } from '../http/body';
import { list, metadata } from '../http/kafka-answers';
import { type KafkaPlane } from '../http/kafka-call';
import { param } from '../http/plane';
import { settingChanges } from '../kafka/topic-routes';
import { onCluster } from '../organization/authorization';
import { invalid, notFound } from '../refusal';
import { isFixed, isSensitive } from './link-settings';
import { alterLink, resetLinkSetting } from './links';
import { findSide } from './lookup';
import { type LinkSide } from './records';

export function linkSettingRoutes({ app, root, call }: KafkaPlane): void {
  const configs = `${root}/links/:link/configs`;
  app.get(configs, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onCluster('DESCRIBE_CONFIGS'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      const data = [...side.settings.keys()].map((name) => settingData(base, side, name));
      return list('KafkaLinkConfigDataList', `${base}/links/${side.name}/configs`, data);
    }),
  );
  app.put(`${configs}::alter`, async (request, reply) => {
    await call(request, ({ state, cluster, authorize }) => {
      authorize(onCluster('ALTER_CONFIGS'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      const body = Body.in(request);
      alterLink(side, settingChanges(body.requiredObjects('data')), body.flag('validate_only') === true);
    });
    return reply.code(204).send();
  });
  app.get(`${configs}/:name`, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onCluster('DESCRIBE_CONFIGS'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      if (!side.settings.has(param(request, 'name'))) {
        throw notFound(`Cluster link '${side.name}' has no setting ${param(request, 'name')}.`);
      }
      return settingData(base, side, param(request, 'name'));
    }),
  );
  app.put(`${configs}/:name`, async (request, reply) => {
    await call(request, ({ state, cluster, authorize }) => {
      authorize(onCluster('ALTER_CONFIGS'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      const body = Body.in(request);
      if (!body.has('value')) {
        throw invalid('value is missing.', 400);
      }
      alterLink(side, [{ name: param(request, 'name'), value: body.text('value') ?? '' }]);
    });
    return reply.code(204).send();
  });
  app.delete(`${configs}/:name`, async (request, reply) => {
    await call(request, ({ state, cluster, authorize }) => {
      authorize(onCluster('ALTER_CONFIGS'));
      resetLinkSetting(findSide(state, cluster.id, param(request, 'link')), param(request, 'name'));
    });
    return reply.code(204).send();
  });
}

/** Only what was set, and never a secret: the CLI and the OpenAPI want a string, so a secret is an empty one. */
function settingData(base: string, side: LinkSide, name: string): object {
  return {
    kind: 'KafkaLinkConfigData',
    metadata: metadata(base, `/links/${side.name}/configs/${name}`),
    cluster_id: side.clusterId,
    link_name: side.name,
    name,
    value: isSensitive(name) ? '' : (side.settings.get(name) ?? ''),
    is_default: false,
    is_read_only: isFixed(name),
    is_sensitive: isSensitive(name),
    source: 'DYNAMIC_CLUSTER_LINK_CONFIG',
    synonyms: [name],
  };
}
