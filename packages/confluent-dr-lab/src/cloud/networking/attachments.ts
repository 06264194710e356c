import { checkRegion, CLOUDS } from '../kafka/kafka-clusters';
import { findEnvironment } from '../organization/environments';
import { conflict, invalid, notFound } from '../refusal';
import { type CloudState, newId } from '../state';
import { type AttachmentConnection, type AttachmentPhase, type PrivateLinkAttachment } from './records';

type AttachmentRequest = Pick<PrivateLinkAttachment, 'environmentId' | 'displayName' | 'cloud' | 'region'>;
type ConnectionRequest = Pick<
  AttachmentConnection,
  'environmentId' | 'attachmentId' | 'displayName' | 'privateEndpointId'
>;

const ENDPOINT =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateEndpoints\/[^/]+$/i;

export function createAttachment(state: CloudState, request: AttachmentRequest): PrivateLinkAttachment {
  findEnvironment(state, request.environmentId);
  if (!CLOUDS.includes(request.cloud) || request.displayName === '' || request.region === '') {
    throw invalid(`spec.cloud is one of ${CLOUDS.join(', ')}; display_name and region must not be empty.`, 400);
  }
  checkRegion(request.cloud, request.region);
  const readyAt = state.now + state.timing.networkProvisioningMs;
  const attachment = { ...request, id: newId(state, 'platt'), createdAt: state.now, readyAt };
  state.privateLinkAttachments.set(attachment.id, attachment);
  return attachment;
}

export function findAttachment(state: CloudState, id: string, environmentId: string): PrivateLinkAttachment {
  const attachment = state.privateLinkAttachments.get(id);
  if (attachment?.environmentId !== environmentId) {
    throw notFound(`Private link attachment ${id} not found`);
  }
  return attachment;
}

export function attachmentPhase(state: CloudState, { id, readyAt }: PrivateLinkAttachment): AttachmentPhase {
  if (readyAt > state.now) {
    return 'PROVISIONING';
  }
  const isUsed = connectionsTo(state, id).some((connection) => connection.readyAt <= state.now);
  return isUsed ? 'READY' : 'WAITING_FOR_CONNECTIONS';
}

/** Refused while an endpoint is connected to it. */
export function deleteAttachment(state: CloudState, { id }: PrivateLinkAttachment): void {
  const [connection] = connectionsTo(state, id);
  if (connection) {
    throw invalid(`Private link attachment ${id} is still used by ${connection.id}; delete that first.`, 400);
  }
  state.privateLinkAttachments.delete(id);
}

export function createAttachmentConnection(state: CloudState, request: ConnectionRequest): AttachmentConnection {
  const attachment = findAttachment(state, request.attachmentId, request.environmentId);
  if (attachment.readyAt > state.now) {
    throw invalid(`Private link attachment ${attachment.id} is not ready yet; wait until it is.`, 400);
  }
  if (attachment.cloud !== 'AZURE' || !ENDPOINT.test(request.privateEndpointId)) {
    throw invalid(
      `spec.cloud.private_endpoint_resource_id is ${JSON.stringify(request.privateEndpointId)}, on ${attachment.cloud}; ` +
        'the lab takes Azure ids of private endpoints, on AZURE.',
      400,
    );
  }
  const taken = connectionsTo(state, attachment.id).find(
    ({ privateEndpointId }) => privateEndpointId.toLowerCase() === request.privateEndpointId.toLowerCase(),
  );
  if (taken) {
    throw conflict(`The private endpoint is connected already, by ${taken.id}.`);
  }
  const readyAt = state.now + state.timing.networkProvisioningMs;
  const connection = { ...request, id: newId(state, 'plattc'), createdAt: state.now, readyAt };
  state.attachmentConnections.set(connection.id, connection);
  return connection;
}

export function findAttachmentConnection(state: CloudState, id: string, environmentId: string): AttachmentConnection {
  const connection = state.attachmentConnections.get(id);
  if (connection?.environmentId !== environmentId) {
    throw notFound(`Private link attachment connection ${id} not found`);
  }
  return connection;
}

function connectionsTo(state: CloudState, attachmentId: string): AttachmentConnection[] {
  return [...state.attachmentConnections.values()].filter((connection) => connection.attachmentId === attachmentId);
}
