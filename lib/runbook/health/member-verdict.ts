import { type Role } from '../pair';
import { type FailureKind } from '../client';
import { failureOf, type Outcome, outcomeOf } from './outcome';
import { type Passage, type Service, SERVICES, type Way } from './passage';
import { serviceVerdict, type ServiceVerdict } from './service-verdict';

/** One service, as both ways show it. */
export interface ServiceHealth {
  readonly service: Service;
  readonly verdict: ServiceVerdict;
  readonly outcomes: Readonly<Record<Way, Outcome>>;
  /** What failed, by way. */
  readonly failures: Partial<Record<Way, string>>;
}

/** `mixed` where Kafka and its REST API do not fare alike. */
export type MemberVerdict = ServiceVerdict | 'mixed';

export interface MemberHealth {
  readonly role: Role;
  readonly verdict: MemberVerdict;
  readonly services: readonly ServiceHealth[];
  /** How Kafka and its REST API said no; each kind once. */
  readonly refusals: readonly FailureKind[];
}

/** Kafka and its REST API make the verdict; a Schema Registry may be shared, and no outage takes that one away. */
export function memberHealth(role: Role, passages: readonly Passage[]): MemberHealth {
  const services = SERVICES.map((service) => serviceHealth(service, passages));
  const verdicts = services
    .filter(({ service, verdict }) => service !== 'schema-registry' && verdict !== 'unknown')
    .map(({ verdict }) => verdict);
  const [first = 'unknown', ...others] = new Set(verdicts);
  return { role, verdict: others.length > 0 ? 'mixed' : first, services, refusals: refusalsIn(passages) };
}

function refusalsIn(passages: readonly Passage[]): FailureKind[] {
  const refused = passages.filter(
    (passage) => passage.service !== 'schema-registry' && outcomeOf(passage) === 'declines',
  );
  return [...new Set(refused.flatMap(({ layers: { answer } }) => (answer.kind === 'failed' ? answer.failure : [])))];
}

function serviceHealth(service: Service, passages: readonly Passage[]): ServiceHealth {
  const on = (way: Way): Passage | undefined =>
    passages.find((passage) => passage.service === service && passage.way === way);
  const [direct, proxy] = [on('direct'), on('proxy')];
  const outcomes = { direct: outcome(direct), proxy: outcome(proxy) };
  const [directFailure, proxyFailure] = [direct && failureOf(direct), proxy && failureOf(proxy)];
  return {
    service,
    verdict: serviceVerdict(outcomes),
    outcomes,
    failures: {
      ...(directFailure !== undefined && { direct: directFailure }),
      ...(proxyFailure !== undefined && { proxy: proxyFailure }),
    },
  };
}

const outcome = (passage?: Passage): Outcome => (passage ? outcomeOf(passage) : 'not-tried');
