import { isConsuming } from '../kafka/traffic';
import { hasContact } from '../linking/link-health';
import { milliseconds } from '../linking/link-settings';
import { runs } from '../linking/link-tasks';
import { localCluster, remoteCluster } from '../linking/lookup';
import { type LinkSide } from '../linking/records';
import { type CloudState } from '../state';
import { nextOnGrid } from '../timing';
import { type LinkTaskName } from '../vocabulary';
import { aclChanges, type Change, mirrorsToCreate, offsetChanges, settingChanges, type SyncPair } from './sync-changes';

interface Sync {
  readonly task: LinkTaskName;
  readonly interval: string;
  readonly changes: (pair: SyncPair) => Change[];
}

const SYNCS: readonly Sync[] = [
  { task: 'AclSync', interval: 'acl.sync.ms', changes: aclChanges },
  // Creating mirrors has no interval of its own.
  { task: 'AutoCreateMirror', interval: 'topic.config.sync.ms', changes: mirrorsToCreate },
  { task: 'ConsumerOffsetSync', interval: 'consumer.offset.sync.ms', changes: offsetChanges },
  { task: 'TopicConfigsSync', interval: 'topic.config.sync.ms', changes: settingChanges },
];

/**
 * When something next changes by a sync of this side. A sync that would change nothing has no time, or else a cloud
 * that nobody looks at for a day would have to go through all of them.
 */
export function nextSync(state: CloudState, side: LinkSide): number {
  const pair = pairOf(state, side);
  if (!pair) {
    return Infinity;
  }
  const due = SYNCS.filter(({ task, changes }) => runs(state, side, task) && changes(pair).length > 0).map(
    ({ interval }) => nextOnGrid(state.now, milliseconds(side.settings, interval), side.createdAt),
  );
  return Math.min(...due, nextSessionEnd(pair));
}

export function syncWhatIsDue(state: CloudState, side: LinkSide): void {
  const pair = pairOf(state, side);
  if (!pair || state.now === side.createdAt) {
    return;
  }
  for (const { task, interval, changes } of SYNCS) {
    const onTime = (state.now - side.createdAt) % milliseconds(side.settings, interval) === 0;
    if (onTime && runs(state, side, task)) {
      changes(pair).forEach((change) => change());
    }
  }
}

/** From then on a group that is consumed with here may get offsets. */
function nextSessionEnd({ state, side, local }: SyncPair): number {
  if (!runs(state, side, 'ConsumerOffsetSync')) {
    return Infinity;
  }
  const ends = [...local.consumerGroups.values()]
    .filter((group) => isConsuming(state, group))
    .map(({ lastReadAt }) => (lastReadAt ?? 0) + state.timing.groupSessionMs);
  return Math.min(...ends, Infinity);
}

function pairOf(state: CloudState, side: LinkSide): SyncPair | undefined {
  const [local, remote] = [localCluster(state, side), remoteCluster(state, side)];
  return local && remote && hasContact(state, side) ? { state, side, local, remote } : undefined;
}
