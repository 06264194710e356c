import { type BrokersCloud } from '../cloud';
import { hasContact } from '../cloud/linking/link-health';
import { allSides } from '../cloud/linking/lookup';
import { type LinkSide, type Mirror, type Transition } from '../cloud/linking/records';
import { type CloudState } from '../cloud/state';
import { type Member } from './member';
import { copyKey, desiredClusters } from './desired-state';

export interface SettlingTools {
  readonly members: ReadonlyMap<string, Member>;
  readonly cloud: BrokersCloud;
  /** Ends the copying of a mirror; resolves once nothing of it is under way. */
  readonly hold: (key: string) => Promise<void>;
}

/** A transition that has come to its time, and both clusters. */
interface Due {
  readonly clusterId: string;
  readonly key: string;
  readonly kind: Transition['kind'];
  readonly topic: string;
  readonly sourceTopic: string;
  readonly here: Member;
  readonly there?: Member;
  readonly mirror: Mirror;
  readonly until?: readonly number[];
}

/** Does on the brokers what the transitions of mirrors wait for, and says so to the model. @returns what went wrong */
export async function settle(tools: SettlingTools): Promise<string[]> {
  const problems: string[] = [];
  for (const due of tools.cloud.change((state) => dueTransitions(state, tools.members))) {
    await settleOne(due, tools).catch((error: Error) => {
      problems.push(`${due.kind} of ${due.topic} on ${due.clusterId} waits: ${error.message}`);
    });
  }
  return problems;
}

function dueTransitions(state: CloudState, members: ReadonlyMap<string, Member>): Due[] {
  return allSides(state).flatMap((side) =>
    [...side.mirrors.values()].flatMap((mirror): Due[] => {
      const { transition } = mirror;
      const here = members.get(side.clusterId);
      const there = members.get(side.remoteClusterId);
      if (!transition || transition.settled || transition.dueAt > state.now || !here?.isOn) {
        return [];
      }
      if (transition.kind !== 'failover' && !(there?.isOn && hasContact(state, side))) {
        return [];
      }
      return [
        {
          clusterId: side.clusterId,
          key: copyKey(`${side.linkId}/${side.clusterId}`, mirror.topicName),
          kind: transition.kind,
          topic: mirror.topicName,
          sourceTopic: mirror.sourceTopicName,
          here,
          there,
          mirror,
          until: transition.until,
        },
      ];
    }),
  );
}

async function settleOne(due: Due, tools: SettlingTools): Promise<void> {
  switch (due.kind) {
    case 'failover':
      await tools.hold(due.key);
      await complete(due, tools, { opens: true });
      return;
    case 'promote':
      if (await hasWhatSourceHad(due, tools)) {
        await tools.hold(due.key);
        await complete(due, tools, { opens: true });
      }
      return;
    case 'reverse':
      // The source has been closed to its clients, so that this end is the last one.
      if (!due.there!.isReadOnly(due.sourceTopic) || !(await hasAll(due, await sourceEnds(due)))) {
        return;
      }
      await tools.hold(due.key);
      if (await hasAll(due, await sourceEnds(due))) {
        await complete(due, tools, { opens: true });
      }
      return;
    case 'setup-for-restore': {
      if (!due.here.isReadOnly(due.topic)) {
        return;
      }
      const wanted = tools.cloud.change((state) => desiredClusters(state, due.here.props.addresses.length));
      await due.here.beginAnew(due.topic, wanted.get(due.clusterId)!.topics.get(due.topic)!);
      await complete(due, tools, { opens: false });
      return;
    }
    case 'restore':
      if (await hasWhatSourceHad(due, tools)) {
        await complete(due, tools, { opens: false });
      }
  }
}

/**
 * Whether all is here that the source held when it was first asked. Clients may write to it all the while: what it holds now
 * might never be here.
 */
async function hasWhatSourceHad(due: Due, { cloud }: SettlingTools): Promise<boolean> {
  const until = due.until ?? (await sourceEnds(due));
  cloud.change((state) => {
    const transition = currentTransition(state, due);
    if (transition) {
      transition.until = until;
    }
  });
  return hasAll(due, until);
}

const sourceEnds = ({ there, sourceTopic }: Due): Promise<readonly number[]> => there!.ends(sourceTopic);

async function hasAll({ here, topic }: Due, until: readonly number[]): Promise<boolean> {
  const ends = await here.ends(topic);
  return until.every((end, partition) => (ends[partition] ?? -1) >= end);
}

/** Only when clients may write does the model say so. */
async function complete(due: Due, { cloud }: SettlingTools, { opens }: { readonly opens: boolean }): Promise<void> {
  const { here, there, topic, clusterId, mirror } = due;
  const ends = await here.ends(topic);
  if (opens) {
    await here.openForWriting(topic);
  }
  cloud.change((state) => {
    const transition = currentTransition(state, due);
    if (!transition) {
      return;
    }
    if (due.kind !== 'setup-for-restore') {
      state.kafkaClusters
        .get(clusterId)
        ?.topics.get(topic)
        ?.partitions.forEach((log, partition) => (log.end = ends[partition] ?? log.end));
      mirror.fetchedTo = ends;
      if (due.kind === 'restore') {
        // It fetches on at once, and has by now what its source was not yet seen to have.
        state.kafkaClusters
          .get(there!.props.id)
          ?.topics.get(due.sourceTopic)
          ?.partitions.forEach((log, partition) => (log.end = Math.max(log.end, ends[partition] ?? 0)));
      }
    }
    transition.settled = true;
  });
  // Transitions end when time passes.
  cloud.change(() => undefined);
}

/** Undefined where the mirror has been given another task meanwhile, or is gone. */
function currentTransition(state: CloudState, { mirror, kind, topic }: Due): Transition | undefined {
  const isThere = allSides(state).some((side: LinkSide) => side.mirrors.get(topic) === mirror);
  return isThere && mirror.transition?.kind === kind ? mirror.transition : undefined;
}

/** Gives groups the offsets that links brought for them. @returns what went wrong */
export async function commitOffsets({ members, cloud }: SettlingTools): Promise<string[]> {
  const wanted = cloud.change((state) =>
    [...state.kafkaClusters.values()].flatMap(({ id, consumerGroups }) =>
      [...consumerGroups.values()].flatMap((group) =>
        [...(group.toCommit ?? [])].map(([topic, offsets]) => ({ clusterId: id, group, topic, offsets })),
      ),
    ),
  );
  const problems: string[] = [];
  for (const { clusterId, group, topic, offsets } of wanted) {
    const member = members.get(clusterId);
    if (!member?.isOn) {
      continue;
    }
    await member.admin.commit(group.id, topic, offsets).catch((error: Error) => {
      // Somebody consumes with it by now, or it comes with the next round.
      problems.push(`offsets of group ${group.id} on ${clusterId}: ${error.message}`);
    });
    cloud.change(() => {
      if (group.toCommit?.get(topic) === offsets) {
        group.toCommit.delete(topic);
      }
    });
  }
  return problems;
}
