import { fewestFiles, planErrors, withoutNumberTokens } from '../../../lib/proxy/rendering/plan-rules';
import type { ProxyPlan } from '../../../lib/proxy/rendering/proxy-plan';
import { PAIR } from './plans';

const [primary, secondary] = PAIR.instances;
const token = '${TfToken[TOKEN.2]}';
const numberToken = -1.8881545897087e289;

const withPrimary = (changes: Partial<ProxyPlan['instances'][0]>): ProxyPlan => ({
  ...PAIR,
  instances: [{ ...primary, ...changes }, secondary],
});
const named = (name: string): ProxyPlan => ({ instances: [{ name }], routes: [{ ...PAIR.routes[0], instance: name }] });
const routed = (...routes: [pattern: string, instance: string][]): ProxyPlan => ({
  ...PAIR,
  routes: routes.map(([pattern, instance]) => ({ pattern, instance })),
});
const D = String.raw`\.confluent\.cloud`;

describe('planErrors', () => {
  test.each<[string, ProxyPlan]>([
    ['a pair', PAIR],
    ['a name of one letter', named('a')],
    ['a name of 24', named(`a${'-'.repeat(22)}9`)],
    ['a name that begins as that of the front', named('front-1')],
    ['a black hole for the longest time', withPrimary({ outage: 'blackhole', longestOutageSeconds: 999_999_999 })],
    ['a rejection for the shortest', withPrimary({ outage: 'reject', longestOutageSeconds: 1 })],
    ['an outage that is still open', withPrimary({ outage: undefined, longestOutageSeconds: undefined })],
    ['a time that only Terraform knows', withPrimary({ longestOutageSeconds: numberToken })],
    ['an instance that is fenced', withPrimary({ fenced: true })],
    ['one that is not', withPrimary({ fenced: false })],
    ['one of which the script is told', withPrimary({ fenced: 'told' })],
    ['patterns that overlap and lead to one instance', routed([`a${D}`, 'primary'], [`[0-9a-z]+${D}`, 'primary'])],
    ['patterns of two instances that do not', routed([`a${D}`, 'primary'], [`b${D}`, 'secondary'])],
    ['a pattern that only Terraform knows', routed([token, 'primary'], [`a${D}`, 'secondary'])],
    ['patterns of two instances that Terraform makes of one text', routed([token, 'primary'], [token, 'secondary'])],
    ['another mark of one', routed(['x-${data.a}', 'primary'], ['#{TfToken[1]}', 'secondary'])],
    ['an instance that only Terraform knows', routed([`a${D}`, token], [`a${D}`, 'secondary'])],
    ['the greatest numbers', { ...PAIR, capacity: { idleTimeoutSeconds: 10_000_000, workerProcesses: 1 } }],
    ['as many files as there can be', { ...PAIR, capacity: { openFiles: 1_048_576 } }],
    ['as few files as do', { ...PAIR, capacity: { openFiles: 1_512, workerConnections: 1_000 } }],
    ['as many connections as there can be', { ...PAIR, capacity: { workerConnections: 1_048_064 } }],
    ['numbers that only Terraform knows', { ...PAIR, capacity: { openFiles: numberToken } }],
    ['connections that only Terraform knows', { ...PAIR, capacity: { openFiles: 1, workerConnections: numberToken } }],
    ['name servers', { ...PAIR, resolvers: ['10.0.0.53', 'FD00::53', token] }],
  ])('finds nothing wrong with %s', (_what, plan) => {
    expect(planErrors(plan)).toEqual([]);
  });

  const nameRule = 'a name has 1 to 24 lower-case letters, digits and inner hyphens';
  test.each(['', 'A', '-a', 'a-', 'a_b', 'a b', ' a', 'a'.repeat(25), 'a\n'])('refuses the name %j', (name) => {
    expect(planErrors(named(name))).toEqual([`instance '${name}': ${nameRule}`]);
  });

  test.each(['dns.example', '', '10.0.0.53:53', '10.0.0.256', 'fe80::1%eth0', '10.0.0.53\n10.0.0.54'])(
    'refuses the name server %j',
    (resolver) => {
      const rule = 'allowed is the IP address of a name server, such as 10.0.0.53';
      expect(planErrors({ ...PAIR, resolvers: ['10.0.0.1', resolver] })).toEqual([`resolver '${resolver}': ${rule}`]);
    },
  );

  const patternRule =
    'allowed are literal lower-case letters, digits, hyphens and \\., runs [0-9]+ or [0-9a-z]+, optional groups (…)? of ' +
    'these, and at the end a literal domain such as \\.confluent\\.cloud';
  const number = (most: string) => `a whole number from 1 to ${most}`;
  const files = (received: number, from: number) =>
    `capacity, openFiles ${received}: from ${from} to 1048576, workerConnections and 512 for logs and sockets to listen ` +
    'on; leave it out, or lower workerConnections';
  const overlap = (one: string, other: string, name: string) =>
    `pattern '${one}' of 'primary' and pattern '${other}' of 'secondary': both match '${name}', so that an outage of the ` +
    "one would take the other's; spell the brokers of each cluster out by brokerHostPatterns (for `proxy render`: by " +
    'routes, without bootstrap), and give hosts that they share to an instance of their own';

  test.each<[string, ProxyPlan, string[]]>([
    [
      'no instance',
      { ...PAIR, instances: [] },
      [
        'instances: there is none; give one for each cluster',
        ...PAIR.routes.map(({ pattern, instance }) => `pattern '${pattern}', instance '${instance}': allowed are `),
      ],
    ],
    [
      'no route',
      { ...PAIR, routes: [] },
      ['routes: there is none, no server name would be let through; give one at least'],
    ],
    [
      'an instance three times',
      { ...PAIR, instances: [primary, secondary, secondary, secondary] },
      ["instance 'secondary': given twice", "instance 'secondary': given twice"],
    ],
    [
      'the name of the front',
      named('front'),
      ["instance 'front': the front itself has this name; give the instance another"],
    ],
    [
      'an outage that is none',
      withPrimary({ outage: 'on' }),
      ["instance 'primary', outage 'on': allowed are none, reject, blackhole"],
    ],
    [
      'a fence that is none',
      withPrimary({ fenced: 'yes' as 'told' }),
      ["instance 'primary', fenced 'yes': allowed are true and false"],
    ],
    [
      'no time',
      withPrimary({ longestOutageSeconds: 0 }),
      [`instance 'primary', longestOutageSeconds 0: ${number('999999999')}`],
    ],
    [
      'half a second',
      withPrimary({ longestOutageSeconds: 1.5 }),
      [`instance 'primary', longestOutageSeconds 1.5: ${number('999999999')}`],
    ],
    [
      'too long a time',
      withPrimary({ longestOutageSeconds: 1e9 }),
      [`instance 'primary', longestOutageSeconds 1000000000: ${number('999999999')}`],
    ],
    [
      'a number that is negative and no token',
      withPrimary({ longestOutageSeconds: -1e280 }),
      [`instance 'primary', longestOutageSeconds -1e+280: ${number('999999999')}`],
    ],
    ['a pattern that is none', routed(['.*', 'primary']), [`pattern '.*': ${patternRule}`]],
    [
      'a pattern that is none, and not of what it overlaps with',
      routed([`A${D}`, 'primary'], [`A${D}`, 'secondary']),
      [`pattern 'A${D}': ${patternRule}`, `pattern 'A${D}': ${patternRule}`],
    ],
    ['a token that is none', routed(['TfToken', 'primary']), [`pattern 'TfToken': ${patternRule}`]],
    [
      'an instance that there is not',
      routed([`a${D}`, 'third']),
      [`pattern 'a${D}', instance 'third': allowed are primary, secondary`],
    ],
    [
      'patterns of two instances that overlap',
      routed([`b${D}`, 'primary'], [`[0-9a-z]+${D}`, 'secondary'], [`a${D}`, 'secondary'], [`c(a)?${D}`, 'primary']),
      [
        overlap(`b${D}`, `[0-9a-z]+${D}`, 'b.confluent.cloud'),
        // The order of the routes is that of the sentence.
        overlap(`[0-9a-z]+${D}`, `c(a)?${D}`, 'c.confluent.cloud').replace(
          /of 'primary' and (.*) of 'secondary'/,
          "of 'secondary' and $1 of 'primary'",
        ),
      ],
    ],
    [
      'a number that is too great',
      { ...PAIR, capacity: { idleTimeoutSeconds: 10_000_001 } },
      [`capacity, idleTimeoutSeconds 10000001: ${number('10000000')}`],
    ],
    ['too few files', { ...PAIR, capacity: { openFiles: 33_279 } }, [files(33_279, 33_280)]],
    [
      'too few files for the connections',
      { ...PAIR, capacity: { openFiles: 1_511, workerConnections: 1_000 } },
      [files(1_511, 1_512)],
    ],
    ['too many files', { ...PAIR, capacity: { openFiles: 1_048_577 } }, [files(1_048_577, 33_280)]],
    ['too many connections', { ...PAIR, capacity: { workerConnections: 1_048_065 } }, [files(1_048_576, 1_048_577)]],
  ])('tells of %s', (_what, plan, errors) => {
    expect(planErrors(plan)).toEqual(errors);
  });
});

test('a worker needs files for its connections and some beside', () => {
  expect([fewestFiles(0), fewestFiles(1_000), fewestFiles()]).toEqual([512, 1_512, 33_280]);
});

test.each([
  ['-1.8881545897087e+289', '?'],
  ['-1e+280', '?'],
  ['-1.5e+299 and -2e+308', '? and ?'],
  ['a-1.5e+281b', 'a?b'],
  ['-1.8e+279, -1.8e+310, 1.8e+289, -1.8e-289, -1.e+289', '-1.8e+279, -1.8e+310, 1.8e+289, -1.8e-289, -1.e+289'],
])('of %j without the numbers that stand for unknown ones is left %j', (text, left) => {
  expect(withoutNumberTokens(text)).toBe(left);
});
