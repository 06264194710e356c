import { type FastifyRequest } from 'fastify';
import { Body } from '../http/body';
import { list, metadata } from '../http/kafka-answers';
import { type KafkaPlane } from '../http/kafka-call';
import { query } from '../http/plane';
import { onCluster } from '../organization/authorization';
import { invalid } from '../refusal';
import { type Acl, type AclFilter, addAcl, checkAclFilter, findAcls, removeAcls } from './acls';

const NEEDED_TO_DELETE = ['resource_type', 'pattern_type', 'operation', 'permission'];

export function aclRoutes({ app, root, call }: KafkaPlane): void {
  const acls = `${root}/acls`;
  app.get(acls, (request) =>
    call(request, ({ cluster, base, authorize }) => {
      authorize(onCluster('DESCRIBE'));
      const data = findAcls(cluster, filterOf(request)).map((acl) => aclData(base, cluster.id, acl));
      return list('KafkaAclList', `${base}/acls`, data);
    }),
  );
  app.post(acls, async (request, reply) => {
    await call(request, ({ cluster, authorize }) => {
      authorize(onCluster('ALTER'));
      addAcl(cluster, newAcl(Body.in(request)));
    });
    return reply.code(201).send();
  });
  app.delete(acls, (request) =>
    call(request, ({ cluster, base, authorize }) => {
      authorize(onCluster('ALTER'));
      const missing = NEEDED_TO_DELETE.find((name) => !query(request, name));
      if (missing) {
        throw invalid(`${missing} cannot be unspecified or UNKNOWN`, 400);
      }
      return { data: removeAcls(cluster, filterOf(request)).map((acl) => aclData(base, cluster.id, acl)) };
    }),
  );
}

function filterOf(request: FastifyRequest): AclFilter {
  const filter = {
    resourceType: query(request, 'resource_type'),
    resourceName: query(request, 'resource_name'),
    patternType: query(request, 'pattern_type'),
    principal: query(request, 'principal'),
    host: query(request, 'host'),
    operation: query(request, 'operation'),
    permission: query(request, 'permission'),
  };
  checkAclFilter(filter);
  return filter;
}

function newAcl(body: Body): Acl {
  return {
    resourceType: body.requiredText('resource_type'),
    resourceName: body.requiredText('resource_name'),
    patternType: body.requiredText('pattern_type'),
    principal: body.requiredText('principal'),
    host: body.requiredText('host'),
    operation: body.requiredText('operation'),
    permission: body.requiredText('permission'),
  };
}

function aclData(base: string, clusterId: string, acl: Acl): object {
  const fields = {
    resource_type: acl.resourceType,
    resource_name: acl.resourceName,
    pattern_type: acl.patternType,
    principal: acl.principal,
    host: acl.host,
    operation: acl.operation,
    permission: acl.permission,
  };
  const path = `/acls?${new URLSearchParams(fields).toString()}`;
  return { kind: 'KafkaAcl', metadata: metadata(base, path), cluster_id: clusterId, ...fields };
}
