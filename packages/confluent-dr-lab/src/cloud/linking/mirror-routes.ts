import { type FastifyRequest } from 'fastify';
import { Body } from '../http/body';
import { clusterCrn, list, metadata } from '../http/kafka-answers';
import { type KafkaPlane } from '../http/kafka-call';
import { flag, param, query } from '../http/plane';
import { settingChanges } from '../kafka/topic-routes';
import { onCluster } from '../organization/authorization';
import { invalid } from '../refusal';
import { type CloudState } from '../state';
import { MIRROR_OPERATIONS, MIRROR_STATUSES, type MirrorOperation, type MirrorStatus } from '../vocabulary';
import { shownStatus } from './link-health';
import { findMirror, findSide, mirrorTopic, sidesOf } from './lookup';
import { type MirrorLag, mirrorLags } from './mirror-lags';
import { operate, type OperationRow } from './mirror-operations';
import { createMirror, listMirrors } from './mirrors';
import { type LinkSide, type Mirror, type TransitionError } from './records';
import { transitionErrors } from './reversal';

export function mirrorRoutes(plane: KafkaPlane): void {
  const { app, root, call } = plane;
  const mirrors = `${root}/links/:link/mirrors`;
  app.get(`${root}/links/-/mirrors`, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onCluster('DESCRIBE'));
      const data = sidesOf(state, cluster.id).flatMap((side) => mirrorList(request, state, base, side));
      return list('KafkaMirrorDataList', `${base}/links/-/mirrors`, data);
    }),
  );
  app.get(mirrors, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onCluster('DESCRIBE'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      return list('KafkaMirrorDataList', `${base}/links/${side.name}/mirrors`, mirrorList(request, state, base, side));
    }),
  );
  app.post(mirrors, async (request, reply) => {
    await call(request, ({ state, cluster, authorize }) => {
      authorize(onCluster('ALTER'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      const body = Body.in(request);
      createMirror(state, side, {
        sourceTopicName: body.requiredText('source_topic_name'),
        mirrorTopicName: body.text('mirror_topic_name'),
        replicationFactor: body.number('replication_factor'),
        settings: settingChanges(body.objects('configs')),
      });
    });
    return reply.code(204).send();
  });
  app.get(`${mirrors}/:topic`, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onCluster('DESCRIBE'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      const mirror = findMirror(side, param(request, 'topic'));
      const data = mirrorData(state, base, side, mirror);
      return flag(request, 'include_state_transition_errors')
        ? { ...data, mirror_state_transition_errors: transitionErrors(state, side, mirror).map(errorData) }
        : data;
    }),
  );
  MIRROR_OPERATIONS.forEach((operation) => operationRoute(plane, operation));
}

/** 200 whatever becomes of the topics: a refusal is in the topic's own row. */
function operationRoute({ app, root, call }: KafkaPlane, operation: MirrorOperation): void {
  app.post(`${root}/links/:link/mirrors::${operation}`, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onCluster('ALTER'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      const body = Body.in(request);
      const detailed = flag(request, 'include_partition_level_truncation_data');
      const rows = operate(state, side, {
        operation,
        topicNames: body.texts('mirror_topic_names'),
        pattern: body.text('mirror_topic_name_pattern'),
        validateOnly: flag(request, 'validate_only'),
      });
      const path = `${base}/links/${side.name}/mirrors`;
      return list(
        'KafkaAlterMirrorsDataList',
        path,
        rows.map((row) => rowData(path, cluster.id, row, detailed)),
      );
    }),
  );
}

function mirrorList(request: FastifyRequest, state: CloudState, base: string, side: LinkSide): object[] {
  const status = query(request, 'mirror_status') || undefined;
  if (status !== undefined && !isMirrorStatus(status)) {
    throw invalid(`mirror_status is ${status}; allowed are ${MIRROR_STATUSES.join(', ')}.`, 400);
  }
  return listMirrors(state, side, status).map((mirror) => mirrorData(state, base, side, mirror));
}

function mirrorData(state: CloudState, base: string, side: LinkSide, mirror: Mirror): object {
  return {
    kind: 'KafkaMirrorData',
    metadata: metadata(base, `/links/${side.name}/mirrors/${mirror.topicName}`, clusterCrn(side.clusterId)),
    link_name: side.name,
    mirror_topic_name: mirror.topicName,
    source_topic_name: mirror.sourceTopicName,
    num_partitions: mirrorTopic(state, side, mirror)?.partitions.length ?? 0,
    mirror_lags: mirrorLags(state, side, mirror).map(lagData),
    mirror_status: shownStatus(state, side, mirror),
    mirror_topic_error: mirror.error,
    state_time_ms: mirror.statusSince,
  };
}

function rowData(path: string, clusterId: string, row: OperationRow, detailed: boolean): object {
  const truncation = row.truncation ?? [];
  const total = truncation.reduce((sum, { messages }) => sum + messages, 0);
  return {
    kind: 'AlterMirrorsData',
    metadata: { self: `${path}/${row.topicName}`, resource_name: clusterCrn(clusterId) },
    mirror_topic_name: row.topicName,
    error_code: row.errorCode,
    error_message: row.errorMessage,
    mirror_lags: row.lags.map(lagData),
    messages_truncated: row.truncation ? total : null,
    partition_level_truncation_data: (detailed ? truncation : []).map(({ partition, truncatedTo, messages }) => ({
      partition_id: partition,
      offset_truncated_to: truncatedTo,
      messages_truncated: messages,
    })),
  };
}

function errorData({ code, message }: TransitionError): object {
  return { error_code: code, error_message: message };
}

function lagData({ partition, lag, lastSourceFetchOffset }: MirrorLag): object {
  return { partition, lag, last_source_fetch_offset: lastSourceFetchOffset };
}

function isMirrorStatus(status: string): status is MirrorStatus {
  return (MIRROR_STATUSES as readonly string[]).includes(status);
}
