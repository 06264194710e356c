import { FINDING_CODES, findingsOn, findingsOnPair } from '../../src/probe/findings';
import {
  isAlive,
  type Layer,
  type LayerResult,
  notAsked,
  type Outcome,
  outcomeOf,
  OUTCOMES,
  type ProbeResult,
  type Service,
} from '../../src/probe/probe-result';
import { memberHealth, type MemberHealth, serviceVerdict, type ServiceVerdict } from '../../src/probe/verdict';
import { findingInWords } from '../../src/words/health';

const V: Record<string, ServiceVerdict> = {
  '.': 'well',
  d: 'declines',
  B: 'blocked',
  X: 'broken',
  '?': 'blocked-or-broken',
  p: 'only-through-proxy',
  A: 'proxy-away',
  S: 'proxy-astray',
  u: 'unknown',
};

/** A line for each outcome of the direct way, a letter for each outcome through the proxy, both as in `OUTCOMES`. */
const TABLE: Record<Outcome, string> = {
  'not-tried': 'u . d A A ? ? S X',
  answers: '. . d A A B B S S',
  declines: 'd d d A A B B S S',
  'no-address': 'X p p X X X X X X',
  'no-connection': 'X p p X X X X X X',
  closed: 'X p p X X X X X X',
  silent: 'X p p X X X X X X',
  stranger: 'X p p X X X X X X',
  faulty: 'X p p X X X X X X',
};

const combinations = OUTCOMES.flatMap((direct) => OUTCOMES.map((proxy) => ({ direct, proxy })));

describe('the verdict on a service', () => {
  test.each(OUTCOMES)('where the direct way ends with "%s"', (direct) => {
    const verdicts = OUTCOMES.map((proxy) => serviceVerdict({ direct, proxy }));
    expect(verdicts).toEqual(TABLE[direct].split(' ').map((letter) => V[letter]));
  });

  test('never calls broken what answered on some way, nor blocked what was not seen to work', () => {
    for (const { direct, proxy } of combinations) {
      const verdict = serviceVerdict({ direct, proxy });
      expect(verdict === 'broken' && (isAlive(direct) || isAlive(proxy))).toBe(false);
      expect(verdict === 'blocked' && !isAlive(direct)).toBe(false);
      expect(verdict === 'well' && ![direct, proxy].includes('answers')).toBe(false);
    }
  });
});

const OK: LayerResult = { kind: 'ok', detail: '' };
const NONE = notAsked('not-wished-for');

/** A probed that ends as told. */
function probed(service: Service, way: ProbeResult['way'], outcome: Outcome): ProbeResult {
  const failed = (failure: Extract<LayerResult, { kind: 'failed' }>['failure']): LayerResult => ({
    kind: 'failed',
    failure,
    detail: `${way} ${failure}`,
  });
  const layers: Record<Outcome, Partial<Record<Layer, LayerResult>>> = {
    'not-tried': { addresses: NONE, connection: NONE, tls: NONE, answer: NONE },
    answers: {},
    declines: { answer: failed('unauthorized') },
    'no-address': { addresses: failed('dns') },
    'no-connection': { connection: failed('refused') },
    closed: { tls: failed('cut') },
    silent: { tls: failed('timeout') },
    stranger: { tls: failed('tls') },
    faulty: { answer: failed('unavailable') },
  };
  const all = { addresses: OK, connection: OK, tls: OK, answer: OK, ...layers[outcome] };
  return { service, way, host: 'h', port: 1, layers: all };
}

test.each(OUTCOMES)('a probed that ends with "%s" is told from all others', (outcome) => {
  expect(outcomeOf(probed('kafka', 'direct', outcome))).toBe(outcome);
});

/** Directly it answers but as told; through the proxy all that answers does so. */
function member(
  direct: Partial<Record<Service, Outcome>>,
  proxy: Partial<Record<Service, Outcome>> = {},
): MemberHealth {
  const services = ['kafka', 'rest', 'schema-registry'] as const;
  return memberHealth('primary', [
    ...services.map((service) => probed(service, 'direct', direct[service] ?? 'answers')),
    ...services.map((service) => probed(service, 'proxy', proxy[service] ?? direct[service] ?? 'answers')),
  ]);
}

describe('the verdict on a member', () => {
  test('is that of Kafka and of its REST API where both are alike or alive, and mixed where not', () => {
    const wrong: unknown[] = [];
    for (const kafka of combinations) {
      for (const rest of combinations) {
        const verdicts = [serviceVerdict(kafka), serviceVerdict(rest)].filter((verdict) => verdict !== 'unknown');
        const { verdict } = memberHealth('primary', [
          probed('kafka', 'direct', kafka.direct),
          probed('kafka', 'proxy', kafka.proxy),
          probed('rest', 'direct', rest.direct),
          probed('rest', 'proxy', rest.proxy),
        ]);
        const isDeclined = verdicts.every((each) => each === 'well' || each === 'declines');
        const alone = verdicts[0] ?? 'unknown';
        const expected =
          new Set(verdicts).size === 1 || verdicts.length === 0 ? alone : isDeclined ? 'declines' : 'mixed';
        if (verdict !== expected) {
          wrong.push({ kafka, rest, verdict, expected });
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('does not hang on a Schema Registry, which may be shared', () => {
    const blocked = member({}, { kafka: 'closed', rest: 'closed' });
    expect(blocked.verdict).toBe('blocked');
    expect(blocked.services[2].verdict).toBe('well');
    expect(member({ 'schema-registry': 'silent' }).verdict).toBe('well');
  });

  test('tells by way what failed', () => {
    const { services } = member({ rest: 'declines' }, { kafka: 'silent' });
    expect(services.map(({ failures }) => failures)).toEqual([
      { proxy: 'proxy timeout' },
      { direct: 'direct unauthorized', proxy: 'proxy unauthorized' },
      {},
    ]);
  });
});

const codesOf = (health: MemberHealth): string[] =>
  findingsOn(health).map(({ code, service, next }) => [service, code, next?.join(' ')].filter(Boolean).join(' '));

/** All well but one way to one service, which fails so. */
function memberFailing(service: Service, failure: Failure, code?: string): MemberHealth {
  const layer = failure === 'dns' ? 'addresses' : failure === 'tls' ? 'tls' : 'answer';
  const fail = (each: ProbeResult): ProbeResult =>
    each.service === service
      ? { ...each, layers: { ...each.layers, [layer]: { kind: 'failed', failure, detail: '', code } } }
      : each;
  const services = ['kafka', 'rest', 'schema-registry'] as const;
  return memberHealth(
    'primary',
    services.map((each) => fail(probed(each, 'direct', 'answers'))),
  );
}
type Failure = Extract<LayerResult, { kind: 'failed' }>['failure'];

describe('the findings', () => {
  test('have words for each code, and a cure for each that is not well', () => {
    for (const code of FINDING_CODES) {
      for (const service of [undefined, 'kafka', 'rest', 'schema-registry', 'control-plane'] as const) {
        const { cause, cure } = findingInWords({ code, service }, 'secondary');
        expect([code, cause]).toEqual([
          code,
          expect.stringMatching(/secondary|control plane|either member|VMs of the proxy|Nothing/i),
        ]);
        expect([code, cure !== undefined]).toEqual([code, !['well', 'fenced', 'unknown'].includes(code)]);
      }
    }
  });

  test('name a member that answers control requests and no data, and the other way round', () => {
    expect(codesOf(member({ kafka: 'no-connection' }))).toEqual(['kafka-away status']);
    expect(codesOf(member({ rest: 'faulty' }))).toEqual(['rest-away status']);
    expect(codesOf(member({}, { rest: 'closed' }))).toEqual(['mixed']);
  });

  test.each([
    ['unauthorized', undefined, 'key-refused config show'],
    ['forbidden', undefined, 'key-forbidden config show'],
    ['throttled', undefined, 'throttled check'],
    ['not-found', undefined, 'not-found config show'],
    ['bad-request', undefined, 'request-declined config show'],
    ['dns', undefined, 'host-not-found config show'],
    ['tls', 'CERT_HAS_EXPIRED', 'certificate-expired'],
    ['tls', 'CERT_NOT_YET_VALID', 'certificate-not-yet-valid'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-wrong'],
    ['malformed', undefined, 'not-itself config show'],
  ] as const)(
    'on a service that fails by %s %s look for the cause there, and not for an outage',
    (kind, code, told) => {
      // A broker answers everybody, so that Kafka is well where the REST API refuses a key.
      expect(codesOf(memberFailing('rest', kind, code))).toContain(`rest ${told}`);
      expect(codesOf(memberFailing('schema-registry', kind, code))).toEqual([`schema-registry ${told}`]);
    },
  );

  test('tell of a key that is refused beside a block', () => {
    const blocked = member({ rest: 'declines' }, { kafka: 'closed', rest: 'closed', 'schema-registry': 'answers' });
    expect(codesOf(blocked)).toEqual(['blocked unblock', 'rest key-refused config show']);
    expect(findingsOn({ ...blocked, role: 'secondary' })[0]).toEqual({ code: 'blocked' });
  });

  test('call a member broken whose registry answers, and do not say that nothing does', () => {
    expect(codesOf(member({ kafka: 'no-connection', rest: 'faulty' }))).toEqual(['registry-alone status']);
    const silent = member({ kafka: 'no-connection', rest: 'faulty', 'schema-registry': 'silent' });
    expect(codesOf(silent)).toEqual(['away status']);
    const unnamed = member({ kafka: 'no-address', rest: 'no-address', 'schema-registry': 'no-address' });
    expect(codesOf(unnamed)).toEqual(['host-not-found config show']);
  });

  test('never tell of an outage what lives, nor say nothing of a service that is not well', () => {
    for (const direct of combinations) {
      for (const kafka of OUTCOMES) {
        const seen = member({ rest: direct.direct, kafka }, { rest: direct.proxy });
        const codes = findingsOn(seen);
        const isUnwell = seen.services.some(({ verdict }) => !['well', 'unknown'].includes(verdict));
        expect([seen, codes.some(({ code }) => !['well', 'unknown'].includes(code))]).toEqual([seen, isUnwell]);
        const lives = [direct.direct, direct.proxy, kafka].some(isAlive);
        expect([seen, lives && codes.some(({ code, service }) => code === 'away' && !service)]).toEqual([seen, false]);
      }
    }
  });

  test('suspect this machine where nothing at all is reached, and the proxy where it blocks both', () => {
    const none = { kafka: 'no-address', rest: 'no-connection', 'schema-registry': 'no-address' } as const;
    const codes = (...members: MemberHealth[]) => findingsOnPair(members).map(({ code }) => code);
    expect(codes(member(none), member(none))).toEqual(['nothing-reached']);
    expect(codes(member(none), member({}))).toEqual([]);
    const blocked = member({}, { kafka: 'silent', rest: 'silent' });
    expect(codes(blocked, blocked)).toEqual(['both-blocked']);
    expect(codes(blocked, member({}))).toEqual([]);
    const untried = { kafka: 'not-tried', rest: 'not-tried', 'schema-registry': 'not-tried' } as const;
    expect(codes(member(untried), member(untried))).toEqual([]);
  });
});
