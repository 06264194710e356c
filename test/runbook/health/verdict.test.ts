import { adviceOn, adviceOnPair } from '../../../lib/runbook/health/advice';
import { memberHealth, type MemberHealth } from '../../../lib/runbook/health/member-verdict';
import { isAlive, type Outcome, OUTCOMES, outcomeOf } from '../../../lib/runbook/health/outcome';
import {
  type Layer,
  type LayerResult,
  notAsked,
  type Passage,
  type Service,
} from '../../../lib/runbook/health/passage';
import { serviceVerdict, type ServiceVerdict } from '../../../lib/runbook/health/service-verdict';

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
const NONE = notAsked('');

/** A passage that ends as told. */
function passage(service: Service, way: Passage['way'], outcome: Outcome): Passage {
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

test.each(OUTCOMES)('a passage that ends with "%s" is told from all others', (outcome) => {
  expect(outcomeOf(passage('kafka', 'direct', outcome))).toBe(outcome);
});

/** Directly it answers but as told; through the proxy all that answers does so. */
function member(
  direct: Partial<Record<Service, Outcome>>,
  proxy: Partial<Record<Service, Outcome>> = {},
): MemberHealth {
  const services = ['kafka', 'rest', 'schema-registry'] as const;
  return memberHealth('primary', [
    ...services.map((service) => passage(service, 'direct', direct[service] ?? 'answers')),
    ...services.map((service) => passage(service, 'proxy', proxy[service] ?? direct[service] ?? 'answers')),
  ]);
}

describe('the verdict on a member', () => {
  test('is that of Kafka and of its REST API where both are alike, and mixed where not', () => {
    for (const kafka of combinations) {
      for (const rest of combinations) {
        const verdicts = [serviceVerdict(kafka), serviceVerdict(rest)].filter((verdict) => verdict !== 'unknown');
        const { verdict } = memberHealth('primary', [
          passage('kafka', 'direct', kafka.direct),
          passage('kafka', 'proxy', kafka.proxy),
          passage('rest', 'direct', rest.direct),
          passage('rest', 'proxy', rest.proxy),
        ]);
        const expected = new Set(verdicts).size > 1 ? 'mixed' : (verdicts[0] ?? 'unknown');
        expect([kafka, rest, verdict]).toEqual([kafka, rest, expected]);
      }
    }
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

describe('the advice', () => {
  test('has a meaning for each verdict, and a cure for each that is not well', () => {
    for (const verdict of [...Object.values(V), 'mixed' as const]) {
      const { meaning, cure } = adviceOn({ role: 'secondary', verdict, services: [], refusals: [] });
      expect(meaning).toMatch(/secondary/);
      expect([verdict, cure !== undefined]).toEqual([verdict, verdict !== 'well' && verdict !== 'unknown']);
    }
  });

  test('names a member that answers control requests and no data, and the other way round', () => {
    expect(adviceOn(member({ kafka: 'no-connection' })).meaning).toMatch(/answers requests of control, and no data/);
    expect(adviceOn(member({ rest: 'faulty' })).meaning).toMatch(/serves data, and its REST API does not answer/);
    expect(adviceOn(member({}, { rest: 'closed' })).meaning).toMatch(/do not fare alike/);
  });

  test.each([
    ['unauthorized', /API key/],
    ['forbidden', /API key/],
    ['throttled', /wait a little/],
    ['not-found', /cluster id/],
    ['bad-request', /cluster id/],
  ] as const)('on a member that says no by "%s" looks for the cause there', (failure, cure) => {
    const refused = passage('rest', 'direct', 'declines');
    const answer: LayerResult = { kind: 'failed', failure, detail: '' };
    const health = memberHealth('primary', [{ ...refused, layers: { ...refused.layers, answer } }]);
    expect([health.verdict, adviceOn(health).cure]).toEqual(['declines', expect.stringMatching(cure)]);
  });

  test('calls a member broken whose registry answers, and does not say that nothing does', () => {
    const health = member({ kafka: 'no-connection', rest: 'faulty' });
    expect(health.verdict).toBe('broken');
    expect(adviceOn(health).meaning).toMatch(/the Schema Registry alone answers/);
    const silent = member({ kafka: 'no-connection', rest: 'faulty', 'schema-registry': 'silent' });
    expect(adviceOn(silent).meaning).toMatch(/answers on no way that was tried/);
  });

  test('suspects this machine where nothing at all is reached, and the proxy where it blocks both', () => {
    const none = { kafka: 'no-address', rest: 'no-connection', 'schema-registry': 'no-address' } as const;
    expect(adviceOnPair([member(none), member(none)])?.meaning).toMatch(/Nothing at all/);
    expect(adviceOnPair([member(none), member({})])).toBeUndefined();
    const blocked = member({}, { kafka: 'silent', rest: 'silent' });
    expect(adviceOnPair([blocked, blocked])?.meaning).toMatch(/either member/);
    expect(adviceOnPair([blocked, member({})])).toBeUndefined();
    const untried = { kafka: 'not-tried', rest: 'not-tried', 'schema-registry': 'not-tried' } as const;
    expect(adviceOnPair([member(untried), member(untried)])).toBeUndefined();
  });
});
