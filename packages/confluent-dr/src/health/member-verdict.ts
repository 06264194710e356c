import { type Role } from '../pair/role';
import { type FailureCode, failureCodeOf } from './failure-code';
import { failureOf, type Outcome, outcomeOf } from './outcome';
import { type Passage, type Service, SERVICES, type Way } from './passage';
import { serviceVerdict, type ServiceVerdict } from './service-verdict';

/** One service, as both ways show it. */
export interface ServiceHealth {
  readonly service: Service;
  readonly verdict: ServiceVerdict;
  readonly outcomes: Readonly<Record<Way, Outcome>>;
  /** Why a way fails, in data. */
  readonly codes: Partial<Record<Way, FailureCode>>;
  /** What failed, by way, in the words of the network or the service. */
  readonly failures: Partial<Record<Way, string>>;
}

/** `mixed` where Kafka and its REST API do not fare alike. */
export type MemberVerdict = ServiceVerdict | 'mixed';

export interface MemberHealth {
  readonly role: Role;
  readonly verdict: MemberVerdict;
  readonly services: readonly ServiceHealth[];
}

/**
 * Kafka and its REST API make the verdict; a Schema Registry may be shared, and no outage takes that one away. A broker tells
 * its APIs to everybody, so that of a key that is refused its REST API alone tells.
 */
export function memberHealth(role: Role, passages: readonly Passage[]): MemberHealth {
  const services = SERVICES.map((service) => serviceHealth(service, passages));
  const verdicts = services
    .filter(({ service, verdict }) => service !== 'schema-registry' && verdict !== 'unknown')
    .map(({ verdict }) => verdict);
  return { role, verdict: verdictOf(verdicts), services };
}

function verdictOf(verdicts: readonly ServiceVerdict[]): MemberVerdict {
  const isDeclined = verdicts.includes('declines') && verdicts.every((own) => own === 'well' || own === 'declines');
  const [first = 'unknown', ...others] = new Set(verdicts);
  return isDeclined ? 'declines' : others.length > 0 ? 'mixed' : first;
}

function serviceHealth(service: Service, passages: readonly Passage[]): ServiceHealth {
  const on = (way: Way): Passage | undefined =>
    passages.find((passage) => passage.service === service && passage.way === way);
  const [direct, proxy] = [on('direct'), on('proxy')];
  const outcomes = { direct: outcome(direct), proxy: outcome(proxy) };
  const [directFailure, proxyFailure] = [direct && failureOf(direct), proxy && failureOf(proxy)];
  const [directCode, proxyCode] = [direct && failureCodeOf(direct), proxy && failureCodeOf(proxy)];
  return {
    service,
    verdict: serviceVerdict(outcomes),
    outcomes,
    codes: { ...(directCode && { direct: directCode }), ...(proxyCode && { proxy: proxyCode }) },
    failures: {
      ...(directFailure !== undefined && { direct: directFailure }),
      ...(proxyFailure !== undefined && { proxy: proxyFailure }),
    },
  };
}

const outcome = (passage?: Passage): Outcome => (passage ? outcomeOf(passage) : 'not-tried');
