import { otherRole, type Role, ROLES } from '../observe/pair-observation';
import { type Refusal, type RefusalCode, type TopicRefusal } from '../plan/plan';
import { type Advice, grouped, missingAclsInWords, type TopicsAdvice } from './advice';
import { optionOf } from './steps';

export const topicCountInWords = (count: number): string => (count === 1 ? '1 topic' : `${count} topics`);

export const recordsInWords = (count: number): string => (count === 1 ? '1 record' : `${count} records`);

type Words = {
  readonly [Code in RefusalCode]: (refusal: Extract<Refusal, { readonly code: Code }>) => Advice;
};

const UNPLANNED = 'if the active member is lost, run it with --unplanned';
const LEAVE_OUT = 'leave it out by naming the others: --topics';

const MEMBER_CURE: Partial<Record<string, string>> = {
  unauthorized: 'Give the API key of this cluster, or create one that works.',
  forbidden: "Give the key's owner CloudClusterAdmin, or the ACLs that it lacks, on this cluster.",
  throttled: 'Wait a minute and run it again.',
  dns: 'Check the host name and the DNS server that this machine asks.',
  tls: 'Check whether a proxy answers in its place, and the certificate of it.',
};

const ALLOWED_ALTHOUGH = `If no client can write there any more, agree to that: ${optionOf('unplannedWhileActiveAnswers')}.`;

/** Cause and cure of each refusal. They do not name the topic, so that they hold for many. */
const WORDS: Words = {
  'acls-missing': ({ acls }) => ({
    cause: `A reversal needs ACLs that are missing: ${missingAclsInWords(acls)}.`,
    cure: `Let this command create them: ${optionOf('aclCure')}.`,
  }),
  'active-answers': ({ member, clusterId }) => ({
    cause: `The ${member} (${clusterId}) answers; an unplanned failover would make two sides that can be written to.`,
    cure: `Do it with --planned, which loses nothing. ${ALLOWED_ALTHOUGH}`,
  }),
  'active-declines': ({ member, clusterId, answer }) => ({
    cause: `The ${member} (${clusterId}) lives, though it does not tell: ${answer}. After an unplanned failover both sides could be written to.`,
    cure: `Mend the access to it and do it with --planned. ${ALLOWED_ALTHOUGH}`,
  }),
  'both-mirrors': ({ target }) => ({
    cause: 'A mirror on both sides, so nobody can write.',
    cure: `Compare the records of both sides; if those of the ${target} count, run it with --unplanned.`,
  }),
  'both-stopped': () => ({
    cause: 'It stopped mirroring on both sides, and the times do not tell which side did so last.',
    cure: `Compare the records of both sides, and name the side whose records count: ${optionOf('keep')} primary or ${optionOf('keep')} secondary.`,
  }),
  'foreign-mirror': ({ on, source }) => ({
    cause: `On the ${on} it is a mirror of ${source.topic} by link ${source.link}, not of this pair's topic.`,
    cure: `Make its mirror anew by the link of this pair, or ${LEAVE_OUT}.`,
  }),
  'link-absent': ({ on, link }) => ({
    cause: `The ${on} has no link ${link}.`,
    cure: 'Check the name of the link; if it is right, deploy the link anew.',
  }),
  'link-different': ({ links }) => ({
    cause: `The links of the two sides are not one: ${ROLES.map((role) => `${links[role]} on the ${role}`).join(', ')}.`,
    cure: 'Stop the mirrors, delete both links and make them anew one after the other, under one name.',
  }),
  'link-failed': ({ on, link, mirror, errors }) => ({
    cause: mirror
      ? `The mirror on the ${on} is LINK_FAILED.`
      : `Link ${link} of the ${on} is FAILED: ${errorsInWords(errors)}.`,
    cure: `Check that the other cluster exists and that the link's key works there; ${UNPLANNED}.`,
  }),
  'link-paused': ({ on, link, mirror }) =>
    mirror
      ? {
          cause: `The mirror on the ${on} is LINK_PAUSED, though its link tells that it is not paused.`,
          cure: `Wait a minute and run it again; if it stays so, set cluster.link.paused to false on the ${on}.`,
        }
      : {
          cause: `Link ${link} of the ${on} is paused.`,
          cure: `Set cluster.link.paused of the link to false on the ${on}, wait until it is ACTIVE, and run it again.`,
        },
  'link-prefix': ({ link, names }) => ({
    cause: `${link === undefined ? 'The link' : `Link ${link}`} names its mirrors with a prefix (${names.primary} is ${names.secondary} there), with which source and mirror cannot change places.`,
    cure: 'Stop the producers, wait until no record is missing, and run it with --unplanned, which ends the mirroring; or deploy a link without a prefix.',
  }),
  'link-unavailable': ({ on, link, errors }) => ({
    cause: `Link ${link} of the ${on} is UNAVAILABLE: ${errorsInWords(errors)}.`,
    cure: `Let the ${on} reach the ${otherRole(on)} again, with a key that works; ${UNPLANNED}.`,
  }),
  'link-unknown': ({ on, link, errors, cause }) =>
    cause === undefined
      ? {
          cause: `Link ${link} of the ${on} tells the state UNKNOWN: ${errorsInWords(errors)}.`,
          cure: 'Wait a minute and run it again.',
        }
      : {
          cause: `The ${on} does not tell about its link: ${ended(cause)}`,
          cure: `Let the key of the ${on} describe cluster links, and run it again.`,
        },
  'member-away': (refusal) => memberAdvice('does not answer', refusal),
  'member-declines': (refusal) => memberAdvice('answers, but does not tell', refusal),
  'mirror-failed': ({ on, error }) => ({
    cause: `The mirror on the ${on} is FAILED (${error ?? 'no error is told'}) and follows no more.`,
    cure: `Delete it and make it anew, which copies all records again; ${UNPLANNED}.`,
  }),
  'no-topics': () => ({
    cause: 'No topics were seen that the pair replicates.',
    cure: 'Check the ids of the clusters and the name of the link, or deploy mirrors first.',
  }),
  'not-mirrored': () => ({
    cause: 'There on both sides, and neither is a mirror of the other.',
    cure: `Keep one of the two, delete the other after saving what only it has, and make the mirror anew; or ${LEAVE_OUT}.`,
  }),
  'older-records': ({ active }) => ({
    cause: `It was failed over to the ${active}, which answers; the ${otherRole(active)} has older records.`,
    cure: `Do it with --planned and ${optionOf('truncation')}, so that the newer records come along.`,
  }),
  'source-missing': ({ on }) => ({
    cause: `The mirror on the ${on} has no source: the ${otherRole(on)} has no such topic.`,
    cure: 'Run it with --unplanned to keep what the mirror has.',
  }),
  'source-unavailable': ({ on, status }) => ({
    cause: `The mirror on the ${on} is ${status}: its source cannot be reached.`,
    cure: `Bring the way between the clusters back and wait until it is ACTIVE; ${UNPLANNED}.`,
  }),
  'topic-elsewhere-only': ({ onlyOn, target }) =>
    target === undefined
      ? { cause: `On the ${onlyOn} only, without a mirror.`, cure: `Deploy its mirror first, or ${LEAVE_OUT}.` }
      : {
          cause: `It does not exist on the ${target}.`,
          cure: `Make it a mirror on the ${target} first, or ${LEAVE_OUT}.`,
        },
  'topic-missing': () => ({
    cause: 'It was seen on neither side.',
    cure: `Check its name, or ${LEAVE_OUT}.`,
  }),
  'topic-unknown': ({ on, cause }) => ({
    cause: `What it is on the ${on} is not known: ${ended(cause)}`,
    cure: `Let the key of the ${on} describe the topic and its mirror, and run it again.`,
  }),
  'transition-blocked': ({ on, waitsFor }) => ({
    cause: `On the ${on} it ${waitsFor === 'reversal' ? `is waiting to become a mirror of the ${otherRole(on)}` : `is being restored from the ${otherRole(on)}`}, which does not tell. Such a topic cannot be failed over.`,
    cure: `Bring the ${otherRole(on)} back, or the way to it, and let the transition end first.`,
  }),
  'truncation-not-allowed': ({ on }) => ({
    cause: `It was failed over to the ${otherRole(on)}; to follow it, the ${on} has to discard what only it has.`,
    cure: `Look at what would be discarded (--dry-run), save it if it matters, and agree to that: ${optionOf('truncation')}.`,
  }),
};

/** All codes that there are words for, which are all. */
export const REFUSAL_CODES = Object.keys(WORDS) as RefusalCode[];

export function refusalInWords(refusal: Refusal): Advice {
  const words = WORDS[refusal.code] as (refusal: Refusal) => Advice;
  return words(refusal);
}

/** What is the same for many topics is told once; of missing ACLs all together. */
export function refusalsInWords(refusals: readonly TopicRefusal[]): TopicsAdvice[] {
  const lacking = refusals.filter((refusal) => refusal.code === 'acls-missing');
  const acls = new Map(lacking.flatMap((refusal) => refusal.acls.map((acl) => [JSON.stringify(acl), acl])));
  const together = { acls: [...acls.values()] };
  return grouped(
    refusals.map((refusal) => (refusal.code === 'acls-missing' ? { ...refusal, ...together } : refusal)),
    refusalInWords,
  );
}

const errorsInWords = (errors: readonly string[] = []): string => errors.join(', ') || 'no error is told';

const ended = (sentence: string): string => `${sentence.replace(/\.$/, '')}.`;

function memberAdvice(
  how: string,
  { member, clusterId, answer, cause }: { member: Role; clusterId: string; answer: string; cause: string },
): Advice {
  return {
    cause: `The ${member} (${clusterId}) ${how}: ${answer}, ${ended(cause)}`,
    cure: MEMBER_CURE[answer] ?? 'Bring it back, or the way to it, and run it again.',
  };
}
