import { type HealthReport, instancesIn, type Outcome, type PassageReport } from '../health';
import { type Role, ROLES } from '../pair';

/** Whether what was wished for is what clients of the proxy meet. */
export type Proof =
  | { readonly kind: 'proven'; readonly findings: readonly string[] }
  /** Something is not as it should be, or not yet. */
  | { readonly kind: 'contradicted'; readonly findings: readonly string[] }
  /** Nobody can tell from here. */
  | { readonly kind: 'impossible'; readonly because: string; readonly findings: readonly string[] };

/** A proxy is a proof by what it lets through to Kafka and to its REST API; a registry may be shared, and stays. */
const PROVING: readonly PassageReport['service'][] = ['kafka', 'rest'];

const OPEN: readonly Outcome[] = ['answers', 'declines'];
const SHUT: readonly Outcome[] = ['closed', 'silent'];

/**
 * @param health what was seen on the way through the proxy
 * @param report the text of the stack's output proxy_report. @default - not known
 */
export function proofOf(blocked: boolean, health: HealthReport, report = ''): Proof {
  const told = reportedFinding(blocked, report);
  const passages = ROLES.flatMap((role) =>
    health.members[role].passages
      .filter(({ way, service }) => way === 'proxy' && PROVING.includes(service))
      .map((passage) => ({ role, passage })),
  );
  const tried = passages.filter(({ passage }) => passage.outcome !== 'not-tried');
  if (!ROLES.every((role) => tried.some((one) => one.role === role))) {
    const because = passages.find(({ passage }) => passage.outcome === 'not-tried')?.passage.detail;
    return told?.agrees === false
      ? { kind: 'contradicted', findings: [told.text] }
      : { kind: 'impossible', because: because ?? 'nothing was tried', findings: told ? [told.text] : [] };
  }
  const seen = tried.map(({ role, passage }) => seenFinding(role, passage, blocked && role === 'primary'));
  const untried = passages.filter((one) => !tried.includes(one)).map(untriedFinding);
  const findings = [...seen, ...untried, ...(told ? [told] : [])];
  return {
    kind: findings.every(({ agrees }) => agrees) ? 'proven' : 'contradicted',
    findings: findings.map(({ text }) => text),
  };
}

interface Finding {
  readonly agrees: boolean;
  readonly text: string;
}

function seenFinding(role: Role, { service, host, port, outcome, detail }: PassageReport, shut: boolean): Finding {
  const agrees = (shut ? SHUT : OPEN).includes(outcome);
  const what = OPEN.includes(outcome) ? 'is let through' : SHUT.includes(outcome) ? 'is shut out' : 'fails otherwise';
  const wrong = agrees ? '' : `, and should be ${shut ? 'shut out' : 'let through'}`;
  return { agrees, text: `Through the proxy, ${service} of the ${role} (${host}:${port}) ${what}${wrong}: ${detail}.` };
}

/** In a lab without brokers there is no Kafka to be tried; what is tried is proof enough, and no more is claimed. */
const untriedFinding = ({ role, passage }: { role: Role; passage: PassageReport }): Finding => ({
  agrees: true,
  text: `Through the proxy, ${passage.service} of the ${role} was not tried: ${passage.detail}.`,
});

/** What the proxy's own script said of the primary when it was run. */
function reportedFinding(blocked: boolean, report: string): Finding | undefined {
  const instance = instancesIn(report)?.find(({ name }) => name === 'primary');
  if (instance === undefined) {
    return undefined;
  }
  const agrees = (instance.blocked !== 'none') === blocked;
  const state = instance.blocked === 'none' ? 'let through' : `blocked (${instance.blocked})`;
  return { agrees, text: `The proxy reports that clients of the primary are ${state}.` };
}
