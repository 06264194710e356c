import { canDial } from '../kafka/kafka-clusters';
import { hasCredentials } from '../organization/api-keys';
import { type Credentials } from '../organization/records';
import { linkFlag } from './link-settings';
import { type CloudState, isReachable } from '../state';
import { type LinkError, type LinkState, type MirrorStatus } from '../vocabulary';
import { allSides, localCluster, otherSide, remoteCluster } from './lookup';
import { type LinkSide, type Mirror } from './records';

export interface LinkHealth {
  readonly state: LinkState;
  readonly error: LinkError;
  readonly message: string | null;
}

const USERNAME = /username\s*=\s*\\?(["'])(.*?)\\?\1/;

const PASSWORD = /password\s*=\s*\\?(["'])(.*?)\\?\1/;

/** What was read already: every look at a cloud asks for the health of its links, and their settings change seldom. */
const readTexts = new Map<string, Credentials | undefined>();
const MOST_TEXTS = 1000;

/** What a JAAS setting says: `… required username="KEY" password="SECRET";`. The CLI puts a backslash before each quote. */
export function jaasCredentials(jaas = ''): Credentials | undefined {
  if (!readTexts.has(jaas)) {
    if (readTexts.size >= MOST_TEXTS) {
      readTexts.clear();
    }
    readTexts.set(jaas, readCredentials(jaas));
  }
  return readTexts.get(jaas);
}

function readCredentials(jaas: string): Credentials | undefined {
  const part = (option: RegExp): string | undefined => option.exec(jaas)?.[2]?.replace(/\\(.)/g, '$1');
  const [key, secret] = [part(USERNAME), part(PASSWORD)];
  return key === undefined || secret === undefined ? undefined : { key, secret };
}

/** A side that waits for the other one to connect. */
export const isInbound = (side: LinkSide): boolean => side.settings.get('connection.mode') === 'INBOUND';

/** With which key this side reads from the other cluster: where the other side connects, with that side's own key there. */
export function remoteCredentials(state: CloudState, side: LinkSide): Credentials | undefined {
  return isInbound(side)
    ? jaasCredentials(otherSide(state, side)?.settings.get('local.sasl.jaas.config'))
    : jaasCredentials(side.settings.get('sasl.jaas.config'));
}

/** Why this side cannot talk to the other cluster at this moment. */
export function contactError(state: CloudState, side: LinkSide): LinkError {
  const remote = remoteCluster(state, side);
  if (!remote || !isReachable(state, remote.id) || !isReachable(state, side.clusterId)) {
    return 'BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR';
  }
  const connecting = isInbound(side) ? otherSide(state, side) : side;
  if (!connecting || isInbound(connecting)) {
    // Nobody connects: both wait for each other, or the other side is not there yet.
    return 'BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR';
  }
  const [from, to] = [localCluster(state, connecting), remoteCluster(state, connecting)];
  if (!from || !to || !canDial(from, to)) {
    return 'BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR';
  }
  const accepts = (clusterId: string, credentials?: Credentials): boolean =>
    credentials !== undefined && hasCredentials(state, clusterId, credentials);
  const isAccepted =
    accepts(to.id, remoteCredentials(state, connecting)) && accepts(remote.id, remoteCredentials(state, side));
  return isAccepted ? 'NO_ERROR' : 'AUTHENTICATION_ERROR';
}

export const hasContact = (state: CloudState, side: LinkSide): boolean =>
  !isPaused(side) && localCluster(state, side) !== undefined && contactError(state, side) === 'NO_ERROR';

export const isPaused = (side: LinkSide): boolean => linkFlag(side.settings, 'cluster.link.paused');

/** Notes on every side since when it has no contact: only after some time does a link call itself UNAVAILABLE. */
export function noteContact(state: CloudState): void {
  for (const side of allSides(state)) {
    if (contactError(state, side) === 'NO_ERROR') {
      delete side.contactLostAt;
    } else {
      side.contactLostAt ??= state.now;
    }
  }
}

const MESSAGES: Record<LinkError, string | null> = {
  NO_ERROR: null,
  AUTHENTICATION_ERROR: 'Please check your api key and secret',
  BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR: 'The other cluster cannot be reached',
};

export function linkHealth(state: CloudState, side: LinkSide): LinkHealth {
  if (isPaused(side)) {
    return { state: 'PAUSED', error: 'NO_ERROR', message: null };
  }
  if (!remoteCluster(state, side)) {
    const error = 'BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR';
    return { state: 'FAILED', error, message: `Cluster ${side.remoteClusterId} is gone` };
  }
  const lostFor = side.contactLostAt === undefined ? -1 : state.now - side.contactLostAt;
  if (lostFor < state.timing.linkUnavailableAfterMs) {
    return { state: 'ACTIVE', error: 'NO_ERROR', message: null };
  }
  const error = contactError(state, side);
  return { state: 'UNAVAILABLE', error, message: MESSAGES[error] };
}

const STATUS_BY_LINK: Record<LinkState, MirrorStatus> = {
  ACTIVE: 'ACTIVE',
  PAUSED: 'LINK_PAUSED',
  FAILED: 'LINK_FAILED',
  UNAVAILABLE: 'SOURCE_UNAVAILABLE',
};

/** A mirror that would be ACTIVE shows what is wrong with its link. */
export function shownStatus(state: CloudState, side: LinkSide, mirror: Mirror): MirrorStatus {
  return mirror.status === 'ACTIVE' ? STATUS_BY_LINK[linkHealth(state, side).state] : mirror.status;
}
