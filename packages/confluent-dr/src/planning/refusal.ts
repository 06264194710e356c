import { type DataPlane } from '../pair/data-plane';
import { type MirrorStatus } from '../pair/mirror-status';
import { type Role } from '../pair/role';
import { type Consent, type MissingAcl } from './failover-request';

/** What is known of each refusal, by its code. The codes are part of the tool's output; words for them has the edge alone. */
interface RefusalData {
  'acls-missing': { readonly acls: readonly MissingAcl[] };
  /** The active member answers, so that an unplanned failover would make two sides that can be written to. */
  'active-answers': { readonly member: Role; readonly clusterId: string };
  /** As before; it lives, though it does not tell. */
  'active-declines': { readonly member: Role; readonly clusterId: string; readonly answer: DataPlane['kind'] };
  'both-mirrors': { readonly target: Role };
  'both-stopped': object;
  'foreign-mirror': { readonly on: Role; readonly source?: { readonly topic: string; readonly link: string } };
  'link-absent': { readonly on: Role; readonly link: string };
  'link-different': { readonly links: Readonly<Record<Role, string>> };
  'link-failed': LinkTrouble;
  'link-paused': LinkTrouble;
  'link-prefix': { readonly link?: string; readonly names: Readonly<Record<Role, string>> };
  'link-unavailable': LinkTrouble;
  /** `cause` where nothing of the link was told, otherwise the state UNKNOWN was. */
  'link-unknown': LinkTrouble & { readonly cause?: string };
  'member-away': MemberTrouble;
  'member-declines': MemberTrouble;
  'mirror-failed': { readonly on: Role; readonly error?: string };
  'no-topics': object;
  'not-mirrored': object;
  /** The other side answers and has the newer records. */
  'older-records': { readonly active: Role };
  'source-missing': { readonly on: Role };
  'source-unavailable': { readonly on: Role; readonly status: MirrorStatus };
  /** `target` where the topic has to be made a mirror there first. */
  'topic-elsewhere-only': { readonly onlyOn: Role; readonly target?: Role };
  'topic-missing': object;
  'topic-unknown': { readonly on: Role; readonly cause?: string };
  'transition-blocked': { readonly on: Role; readonly waitsFor: 'reversal' | 'restore' };
  'truncation-not-allowed': { readonly on: Role };
}

/** Trouble of the link itself, or, with `mirror`, of a mirror whose status speaks of it. */
interface LinkTrouble {
  readonly on: Role;
  readonly link?: string;
  readonly mirror?: true;
  readonly errors?: readonly string[];
}

interface MemberTrouble {
  readonly member: Role;
  readonly clusterId: string;
  readonly answer: Exclude<DataPlane['kind'], 'answers'>;
  readonly cause: string;
}

export type RefusalCode = keyof RefusalData;

/** Why nothing is done about something. */
export type Refusal = {
  [Code in RefusalCode]: { readonly code: Code } & RefusalData[Code] & {
      /** What lifts it, if somebody agrees to it beforehand. */
      readonly liftedBy?: Consent;
    };
}[RefusalCode];

export type TopicRefusal = Refusal & {
  /** The topic's name on the primary; undefined if it is not about one topic. */
  readonly topic?: string;
};

export function refusal<Code extends RefusalCode>(code: Code, data: RefusalData[Code], liftedBy?: Consent): Refusal {
  return { code, ...data, ...(liftedBy && { liftedBy }) } as unknown as Refusal;
}
