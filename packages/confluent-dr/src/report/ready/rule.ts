import { type Role, ROLES } from '../../observe/pair-observation';
import { type TerraformCode } from '../../plan/terraform-outlook';
import { type HealthReport } from '../../probe/health-report';
import { type Concern, type ConcernCode } from '../status/concerns';
import { type PairStatus } from '../status/pair-status';
import { type ReadyRule } from './ready-rules';

/** What is known of a pair when it is judged. */
export interface ReadyFacts {
  readonly status: PairStatus;
  readonly health: HealthReport;
  /** Why not everything goes through a proxy. @default - there is one, or should be */
  readonly noProxy?: 'in-lab' | 'no-proxy';
  /** Groups with offsets on the active member that the link's filters leave out. @default - not told */
  readonly groupsLeftOut?: readonly string[];
  /** Why a planned switch-over would be refused, by its plan and by the service. @default - it was not asked */
  readonly switchOver?: {
    readonly refusals: readonly string[];
    readonly objections: readonly { readonly on: Role; readonly topic: string; readonly message?: string }[];
  };
}

export const VERDICTS = ['met', 'broken', 'unknown', 'not-applicable'] as const;

/** Reasons that `status` does not have. */
export const OWN_REASON_CODES = [
  'in-lab',
  'no-proxy',
  'no-exporters',
  'member-silent',
  'key-refused',
  'not-active',
  'groups-unknown',
  'groups-left-out',
  'host-wrong',
  'host-not-tried',
  'proxy-not-seen',
  'proxy-disagrees',
  'standby-blocked',
  'control-plane-fails',
  'control-plane-not-asked',
  'switch-over-refused',
  'operation-objected',
  'switch-over-not-asked',
] as const;
export type OwnReasonCode = (typeof OWN_REASON_CODES)[number];
export type ReasonCode = ConcernCode | TerraformCode | OwnReasonCode;

/** Why a rule has its verdict, in data; the words for it are the edge's. */
export interface Reason {
  readonly code: ReasonCode;
  readonly on?: Role;
  /** Topics by their names on the primary, groups, or hosts. */
  readonly names?: readonly string[];
  readonly records?: number;
  /** What a service said. */
  readonly told?: string;
}

/**
 * A rule that cannot be judged is `unknown`, and no pair is ready with one; one that is about something which the deployment
 * does not have is `not-applicable`.
 */
export interface Finding {
  readonly verdict: (typeof VERDICTS)[number];
  readonly reasons: readonly Reason[];
}

export interface Rule extends ReadyRule {
  judge(facts: ReadyFacts): Finding;
}

export const met: Finding = { verdict: 'met', reasons: [] };
export const broken = (...reasons: readonly Reason[]): Finding => ({ verdict: 'broken', reasons });
export const notApplicable = (code: ReasonCode): Finding => ({ verdict: 'not-applicable', reasons: [{ code }] });
export const unknown = (...reasons: readonly Reason[]): Finding => ({ verdict: 'unknown', reasons });

/** Members that do not tell, of which nothing else can be judged. */
export const silentMembers = ({ status }: ReadyFacts): Role[] =>
  ROLES.filter((role) => status.members[role].presence !== 'answers');

export const silence = (facts: ReadyFacts): Reason[] =>
  silentMembers(facts).map((on) => ({ code: 'member-silent', on }));

/** Broken by concerns with some codes, unknown by others or where a member does not tell. */
export function byConcerns(
  facts: ReadyFacts,
  breaking: readonly ConcernCode[],
  hiding: readonly ConcernCode[] = [],
): Finding {
  const found = (codes: readonly ConcernCode[]): Reason[] =>
    facts.status.concerns.filter(({ code }) => codes.includes(code)).map(reasonOf);
  const [wrong, hidden] = [found(breaking), [...found(hiding), ...silence(facts)]];
  return wrong.length > 0 ? broken(...wrong) : hidden.length > 0 ? unknown(...hidden) : met;
}

/** Broken by concerns with some codes, or by what is wrong with what the proxy is told and seen to do; unknown where that is not seen. */
export function byProxy(
  facts: ReadyFacts,
  breaking: readonly ConcernCode[],
  wrongWith: (told: ReadyFacts['health']['proxy']['told']) => readonly Reason[],
): Finding {
  const concerns = byConcerns(facts, breaking);
  if (concerns.verdict === 'broken') {
    return concerns;
  }
  const { told } = facts.health.proxy;
  if (told.length === 0) {
    return facts.noProxy ? notApplicable(facts.noProxy) : unknown({ code: 'proxy-not-seen' });
  }
  const wrong = wrongWith(told);
  return wrong.length > 0 ? broken(...wrong) : met;
}

const reasonOf = ({ code, on, topics, told, records }: Concern): Reason => ({
  code,
  ...(on && { on }),
  ...(topics && topics.length > 0 && { names: topics }),
  ...(records !== undefined && { records }),
  ...(told !== undefined && { told }),
});
