import { type HealthReport } from '../health';
import { type Role, ROLES } from '../pair';
import { type Concern, type ConcernCode, type PairStatus } from '../status';

/** What is known of a pair when it is judged. */
export interface ReadyFacts {
  readonly status: PairStatus;
  readonly health: HealthReport;
  /** Whether the pair is in a lab, where nothing goes through a proxy. */
  readonly isLab: boolean;
  /** Groups with offsets on the active member that the link's filters leave out. @default - not told */
  readonly groupsLeftOut?: readonly string[];
}

export const VERDICTS = ['met', 'broken', 'unknown', 'not-applicable'] as const;

/**
 * A rule that cannot be judged is `unknown`, and no pair is ready with one; one that is about something which the deployment
 * does not have is `not-applicable`.
 */
export interface Finding {
  readonly verdict: (typeof VERDICTS)[number];
  /** What it is about: names, or what the service said. */
  readonly told: readonly string[];
}

export interface Rule {
  /** Stable: for scripts, reports and annotations. */
  readonly id: `DR${string}`;
  readonly title: string;
  judge(facts: ReadyFacts): Finding;
}

export const met: Finding = { verdict: 'met', told: [] };
export const broken = (...told: readonly string[]): Finding => ({ verdict: 'broken', told });
const notApplicable = (because: string): Finding => ({ verdict: 'not-applicable', told: [because] });
/** What is judged of a proxy, where there is none. */
export const withoutProxy = notApplicable('a lab is on loopback, past every proxy');
export const unknown = (...told: readonly string[]): Finding => ({ verdict: 'unknown', told });

/** Members that do not tell, of which nothing else can be judged. */
export const silentMembers = ({ status }: ReadyFacts): Role[] =>
  ROLES.filter((role) => status.members[role].presence !== 'answers');

/** Broken by concerns with some codes, unknown by others or where a member does not tell. */
export function byConcerns(
  facts: ReadyFacts,
  breaking: readonly ConcernCode[],
  hiding: readonly ConcernCode[] = [],
): Finding {
  const told = (codes: readonly ConcernCode[]): string[] => {
    const all = facts.status.concerns.filter(({ code }) => codes.includes(code)).flatMap(namesIn);
    return [...new Set(all)];
  };
  const [wrong, hidden] = [told(breaking), told(hiding)];
  if (wrong.length > 0) {
    return broken(...wrong);
  }
  const silent = silentMembers(facts).map((role) => `the ${role} does not tell`);
  return hidden.length + silent.length > 0 ? unknown(...hidden, ...silent) : met;
}

function namesIn({ code, on, topics = [], told, records }: Concern): readonly string[] {
  if (records !== undefined) {
    return [`${records} records behind`, ...topics];
  }
  return told ? [told] : topics.length > 0 ? topics : [on ?? code];
}
