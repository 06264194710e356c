import { commandFor, type CommandPlace } from '../deployment/deployment';
import { type Obstacle } from '../execute/operation-run';
import { type Concern, type ConcernCode } from '../report/status/concerns';
import { type Advice, missingAclsInWords } from './advice';
import { commandText, wrapped } from './layout';
import { recordsInWords } from './refusals';
import { type Look } from './text-style';

/** Why a topic cannot go on, and what to do about it; the topic is not named, so that it holds for many. */
export function obstacleInWords(obstacle: Obstacle): Advice {
  const { on } = obstacle;
  switch (obstacle.code) {
    case 'acls-not-created':
      return {
        cause: `ACLs could not be created on the ${on} (${missingAclsInWords(obstacle.acls)}): ${obstacle.message ?? 'they were created, and are not there.'}`,
        cure: `Create them as an administrator of the ${on}, and run it again.`,
      };
    case 'operation-refused':
      return {
        cause: `The ${on} refuses ${obstacle.operation}: ${obstacle.message}`,
        cure: 'Remove the cause that it names, and run it again.',
      };
    case 'request-failed':
      return {
        cause: `The ${on} does not take the request for ${obstacle.operation}: ${obstacle.message}`,
        cure: 'Look at why the request fails, and run it again: it goes on from what the clusters tell.',
      };
    case 'not-taken':
      return {
        cause: `The ${on} accepted ${obstacle.operation}, and the mirror does not show it.`,
        cure: 'Look at the status of both sides; another operator may have turned it back. Run it again to ask once more.',
      };
    case 'turned-back':
      return {
        cause: `It was where ${obstacle.operation} on the ${on} brings it, and is not any more: somebody else is operating this pair.`,
        cure: 'Agree who operates it, and run it again.',
      };
  }
}

const MOST_NAMES = 3;

const isMany = ({ topics = [] }: Concern): boolean => topics.length !== 1;

/** `Topic orders`, `3 topics (a, b, c)`, `49 topics (a, b, c, …)` */
function topicsOf({ topics = [] }: Concern): string {
  const shown = topics.slice(0, MOST_NAMES).join(', ');
  return topics.length === 1
    ? `Topic ${shown}`
    : `${topics.length} topics (${shown}${topics.length > MOST_NAMES ? ', …' : ''})`;
}

const be = (concern: Concern): string => (isMany(concern) ? 'are' : 'is');
const have = (concern: Concern): string => (isMany(concern) ? 'have' : 'has');
const detail = ({ told: text }: Concern, otherwise = ''): string => (text === undefined ? otherwise : `: ${text}`);

const WORDS: Readonly<Record<ConcernCode, (concern: Concern) => string>> = {
  'member-away': (c) => `The ${c.on} does not answer${detail(c)}.`,
  'member-declines': (c) => `The ${c.on} lives, and does not tell${detail(c)}.`,
  'control-plane-away': (c) =>
    `The control plane does not answer${detail(c)}: block, unblock and Terraform need it, a failover does not.`,
  'control-plane-declines': (c) =>
    `The control plane lives, and says no${detail(c)}: block, unblock and Terraform need a Cloud API key that it takes.`,
  'proxy-vms-differ': (c) => `The VMs of the proxy do not do the same${detail(c)}. Apply again.`,
  'clients-elsewhere': (c) =>
    `The ${c.on} serves, and the proxy keeps clients from it: it lets them in to the other member alone.`,
  'clients-blocked': (c) =>
    `The ${c.on} serves, and by its last report the proxy blocks its clients${detail(c)}. Lift it, unless it is meant for a drill or an outage.`,
  'no-topics': () => 'No topics were seen that the pair replicates. Check the ids and the name of the link.',
  'link-absent': () => 'A member has no such link. Check its name, or deploy the link.',
  'link-different': () => 'The two ends are not of one link. Make both anew, under one name.',
  'link-failed': () => 'The link is FAILED. Check that the other cluster exists, and the key that the link uses there.',
  'link-unavailable': () => 'The link is UNAVAILABLE: one cluster does not reach the other, or its key fails there.',
  'link-error': (c) => `On the ${c.on}, the link is ACTIVE, and tells the error ${c.told}.`,
  'link-paused': () => 'The link is paused: set cluster.link.paused to false, if nobody paused it on purpose.',
  'link-prefix': () =>
    'The link has a prefix, so that source and mirror cannot change places: only an unplanned failover is possible.',
  'link-unknown': () => 'The link is not told of, or is in an unknown state. Let its key describe cluster links.',
  stuck: (c) => `${topicsOf(c)} ${have(c)} stopped on the way: what was begun does not go on by itself.`,
  'under-way': (c) => `${topicsOf(c)} ${be(c)} on the way, which goes on by itself.`,
  'transition-blocked': (c) => `${topicsOf(c)} ${be(c)} on the way, and cannot go on without the other member.`,
  'acls-missing': () => 'ACLs that a reversal needs are missing: a planned switch-over would be refused.',
  'acls-denied': (c) => `On the ${c.on}, ACLs with DENY forbid a reversal${detail(c)}. Remove them.`,
  'acls-unknown': (c) =>
    `Whether the ${c.on} has the ACLs of a reversal cannot be told: give ${c.on}.principal, and a key that may read ACLs.`,
  'both-stopped': (c) => `${topicsOf(c)} stopped mirroring on both sides: compare the records, and say which count.`,
  'both-mirrors': (c) => `${topicsOf(c)} ${be(c)} a mirror on both sides: nobody can write.`,
  'truncation-not-allowed': (c) => `${topicsOf(c)} ${have(c)} been failed over, and nothing follows.`,
  'not-followed': (c) => `${topicsOf(c)} can be written to on the ${c.on}, and the other side does not follow.`,
  'source-missing': (c) => `${topicsOf(c)} ${be(c)} a mirror without a source: the other side has no such topic.`,
  'source-unavailable': (c) => `${topicsOf(c)}: the mirror does not reach its source.`,
  'mirror-failed': (c) =>
    `${topicsOf(c)}: the mirror FAILED, and follows no more. Delete it, and make it anew by a deployment.`,
  'mirror-error': (c) => `${topicsOf(c)}: the mirror on the ${c.on} is ACTIVE, and tells the error ${c.told}.`,
  'mirror-paused': (c) => `${topicsOf(c)}: the mirror is paused. A planned switch-over resumes it first.`,
  'topics-on-both-sides': (c) =>
    `${topicsOf(c)} ${be(c)} active on the ${c.on}, all others on the other member: applications may be split.`,
  'foreign-mirror': (c) => `${topicsOf(c)} ${be(c)} a mirror of something else than this pair's topic.`,
  'not-mirrored': (c) => `${topicsOf(c)} ${be(c)} on both sides, and neither is a mirror of the other.`,
  'topic-elsewhere-only': (c) => `${topicsOf(c)} ${be(c)} on one side alone: deploy the mirror.`,
  'topic-missing': (c) => `${topicsOf(c)} ${be(c)} on neither side. Check the names that the deployment has.`,
  'topic-unknown': (c) => `${topicsOf(c)}: a member does not tell what it is. Let its key describe it and its mirror.`,
  'active-answers': () => 'The active member answers.',
  'older-records': (c) => `${topicsOf(c)}: the other side has the newer records.`,
  'active-declines': () => 'The active member lives, and does not tell.',
  'lag-records': (c) => `Mirrors are ${recordsInWords(c.records ?? 0)} behind: an unplanned failover would lose them.`,
  'lag-time': (c) => `${topicsOf(c)}: the mirror is later than the target.`,
  'lag-unknown': (c) => `${topicsOf(c)}: the mirror does not tell how far it is behind.`,
  'partitions-differ': (c) =>
    `${topicsOf(c)} ${have(c)} not as many partitions on both members: of those that a mirror lacks, nothing is copied. The link adds them by itself within minutes, if it works.`,
  'task-in-error': (c) =>
    `On the ${c.on}, a task of the link is in error: ${c.told}. Check its filters and permissions.`,
  'exporter-stopped': (c) => `On the ${c.on}, schema exporter ${c.told}: new schemas are missing on the other side.`,
  'exporters-unknown': (c) => `The schema exporters of the ${c.on} are not told${detail(c)}.`,
  unmirrored: (c) =>
    `${topicsOf(c)} ${have(c)} no mirror: what is written there stays behind, and how much it is, the API does not tell. Mirror ${isMany(c) ? 'them' : 'it'}, or --leave-out ${(c.topics ?? []).slice(0, MOST_NAMES).join(',')}.`,
  'topics-unknown': (c) => `The ${c.on} does not list its topics, so that those without a mirror are not known.`,
};

/** What it is, and what to do where a command alone does not. */
export const concernInWords = (concern: Concern): string => WORDS[concern.code](concern);

/** That clients do not get where they may work now, and the command that lets them; the tool's block is of the primary alone. */
export const blockText = (block: Concern, deployment: CommandPlace, look: Look): string =>
  [
    look.paint('yellow', wrapped(concernInWords(block), look.width)),
    ...(block.on === 'primary' ? [commandText(commandFor(deployment, ['unblock']), look)] : []),
  ].join('\n');
