import { cloudFault, type CloudState } from '../state';
import { LINK_TASKS, type LinkTaskName, type LinkTaskState } from '../vocabulary';
import { aclFilter, groupFilter, topicFilter } from './filters';
import { linkHealth } from './link-health';
import { linkFlag, linkSetting } from './link-settings';
import { type LinkSide, type TransitionError } from './records';

export interface LinkTask {
  readonly name: LinkTaskName;
  readonly state: LinkTaskState;
  readonly errors: TransitionError[];
}

interface TaskSwitch {
  readonly enable: string;
  readonly filter: string;
  readonly parse: (text: string) => unknown;
}

/** Which setting switches a task on, and the filter that it then needs. */
export const TASK_SWITCHES: Readonly<Record<Exclude<LinkTaskName, 'TopicConfigsSync'>, TaskSwitch>> = {
  AclSync: { enable: 'acl.sync.enable', filter: 'acl.filters', parse: aclFilter },
  AutoCreateMirror: {
    enable: 'auto.create.mirror.topics.enable',
    filter: 'auto.create.mirror.topics.filters',
    parse: topicFilter,
  },
  ConsumerOffsetSync: {
    enable: 'consumer.offset.sync.enable',
    filter: 'consumer.offset.group.filters',
    parse: groupFilter,
  },
};

const STATE_BY_LINK = {
  ACTIVE: undefined,
  FAILED: 'LINK_FAILED',
  UNAVAILABLE: 'LINK_UNAVAILABLE',
  PAUSED: 'LINK_PAUSED',
};

export function linkTasks(state: CloudState, side: LinkSide): LinkTask[] {
  return LINK_TASKS.map((name) => linkTask(state, side, name));
}

function linkTask(state: CloudState, side: LinkSide, name: LinkTaskName): LinkTask {
  const task = name === 'TopicConfigsSync' ? undefined : TASK_SWITCHES[name];
  if (task && !linkFlag(side.settings, task.enable)) {
    return { name, state: 'NOT_CONFIGURED', errors: [] };
  }
  if (task && !task.parse(linkSetting(side.settings, task.filter))) {
    const message = `${task.enable} is true, but ${task.filter} holds no filters.`;
    return { name, state: 'IN_ERROR', errors: [{ code: 'INVALID_FILTER', message }] };
  }
  if (isStuck(state, side, name)) {
    const message = `${name} makes no progress.`;
    return { name, state: 'IN_ERROR', errors: [{ code: 'INTERNAL_ERROR', message }] };
  }
  const byLink = STATE_BY_LINK[linkHealth(state, side).state] as LinkTaskState | undefined;
  return { name, state: byLink ?? 'ACTIVE', errors: [] };
}

/** Whether a fault keeps the link from doing it. */
const isStuck = (state: CloudState, side: LinkSide, name: LinkTaskName): boolean =>
  cloudFault(state, 'task-stuck', side.clusterId, name) !== undefined;

/** Whether the link does this now, apart from having contact. */
export function runs(state: CloudState, side: LinkSide, name: LinkTaskName): boolean {
  if (isStuck(state, side, name)) {
    return false;
  }
  if (name === 'TopicConfigsSync') {
    return true;
  }
  const { enable, filter, parse } = TASK_SWITCHES[name];
  return linkFlag(side.settings, enable) && parse(linkSetting(side.settings, filter)) !== undefined;
}
