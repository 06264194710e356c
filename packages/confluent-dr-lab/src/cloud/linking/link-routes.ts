import { type FastifyRequest } from 'fastify';
import { Body } from '../http/body';
import { list, metadata } from '../http/kafka-answers';
import { type KafkaPlane } from '../http/kafka-call';
import { flag, param, query } from '../http/plane';
import { settingChanges } from '../kafka/topic-routes';
import { onCluster } from '../organization/authorization';
import { type CloudState } from '../state';
import { type MirrorStatus } from '../vocabulary';
import { linkHealth, shownStatus } from './link-health';
import { linkTasks } from './link-tasks';
import { checkNewLink, createLink, deleteLink, type LinkRequest } from './links';
import { findSide, isLive, sidesOf } from './lookup';
import { type LinkSide } from './records';

export function linkRoutes({ app, root, call }: KafkaPlane): void {
  const links = `${root}/links`;
  app.get(links, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onCluster('DESCRIBE'));
      const data = sidesOf(state, cluster.id).map((side) => linkData(state, base, side));
      return list('KafkaLinkDataList', `${base}/links`, data);
    }),
  );
  app.post(links, async (request, reply) => {
    await call(request, ({ state, cluster, authorize }) => {
      authorize(onCluster('ALTER'));
      const make = flag(request, 'validate_only') ? checkNewLink : createLink;
      make(state, cluster, linkRequestIn(request));
    });
    return reply.code(204).send();
  });
  app.get(`${links}/:link`, (request) =>
    call(request, ({ state, cluster, base, authorize }) => {
      authorize(onCluster('DESCRIBE'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      const data = linkData(state, base, side);
      return flag(request, 'include_tasks') ? { ...data, tasks: taskData(state, side) } : data;
    }),
  );
  app.delete(`${links}/:link`, async (request, reply) => {
    await call(request, ({ state, cluster, authorize }) => {
      authorize(onCluster('ALTER'));
      const side = findSide(state, cluster.id, param(request, 'link'));
      deleteLink(state, side, flag(request, 'force'), flag(request, 'validate_only'));
    });
    return reply.code(200).send();
  });
}

function linkRequestIn(request: FastifyRequest): LinkRequest {
  const body = Body.in(request);
  const remote = ['remote_cluster_id', 'source_cluster_id', 'destination_cluster_id'].find((name) => body.has(name));
  return {
    name: query(request, 'link_name') ?? '',
    remoteClusterId: remote === undefined ? '' : body.requiredText(remote),
    linkId: body.text('cluster_link_id'),
    settings: settingChanges(body.objects('configs')),
    validateLink: flag(request, 'validate_link', true),
  };
}

const REMOTE_FIELD = {
  BIDIRECTIONAL: 'remote_cluster_id',
  DESTINATION: 'source_cluster_id',
  SOURCE: 'destination_cluster_id',
};

function linkData(state: CloudState, base: string, side: LinkSide): object {
  const health = linkHealth(state, side);
  return {
    kind: 'KafkaLinkData',
    metadata: metadata(base, `/links/${side.name}`),
    [REMOTE_FIELD[side.mode]]: side.remoteClusterId,
    link_name: side.name,
    cluster_link_id: side.linkId,
    topic_names: [...side.mirrors.values()].filter(isLive).map(({ topicName }) => topicName),
    link_state: health.state,
    link_error: health.error,
    link_error_message: health.message,
    category_counts: categoryCounts(state, side),
  };
}

function taskData(state: CloudState, side: LinkSide): object[] {
  return linkTasks(state, side).map((task) => ({
    task_name: task.name,
    state: task.state,
    errors: task.errors.map(({ code, message }) => ({ error_code: code, error_message: message })),
  }));
}

function categoryCounts(state: CloudState, side: LinkSide): object[] {
  const counts = new Map<string, number>();
  for (const mirror of side.mirrors.values()) {
    const category = categoryOf(shownStatus(state, side, mirror));
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return [...counts].map(([category, count]) => ({ state_category: category, count }));
}

function categoryOf(status: MirrorStatus): string {
  if (status === 'ACTIVE' || status === 'PAUSED') {
    return status;
  }
  if (status.startsWith('PENDING')) {
    return 'PENDING';
  }
  return status === 'STOPPED' ? 'NOT_APPLICABLE' : status === 'LINK_PAUSED' ? 'PAUSED' : 'IN_ERROR';
}
