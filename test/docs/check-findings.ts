import { controlPlaneFindings, type Finding, findingsOn } from '../../packages/confluent-dr/src/probe/findings';
import {
  FAILURE_CODES,
  type LayerResult,
  type ProbeResult,
  SERVICES,
  type Way,
  WAYS,
} from '../../packages/confluent-dr/src/probe/probe-result';
import { memberHealth } from '../../packages/confluent-dr/src/probe/verdict';
import { findingInWords } from '../../packages/confluent-dr/src/words/health';

type Failed = Extract<LayerResult, { kind: 'failed' }>;
type Fault = readonly [words: string, layer: keyof ProbeResult['layers'], failure: Failed['failure'], code?: string];

/** All ways in which a service fails, as far as they are told apart. */
const FAULTS: readonly Fault[] = [
  ['DNS does not know it', 'addresses', 'dns'],
  ['no connection', 'connection', 'refused'],
  ['closed before TLS', 'tls', 'cut'],
  ['silent before TLS', 'tls', 'timeout'],
  ['certificate expired', 'tls', 'tls', 'CERT_HAS_EXPIRED'],
  ['certificate not yet valid', 'tls', 'tls', 'CERT_NOT_YET_VALID'],
  ['certificate of another host', 'tls', 'tls', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['503', 'answer', 'unavailable'],
  ['200 without JSON', 'answer', 'malformed'],
  ['401', 'answer', 'unauthorized'],
  ['403', 'answer', 'forbidden'],
  ['404', 'answer', 'not-found'],
  ['429', 'answer', 'throttled'],
  ['another 4xx', 'answer', 'bad-request'],
];
const OK: LayerResult = { kind: 'ok', detail: '' };

function seen(services: readonly string[], ways: readonly Way[], [, layer, failure, code]: Fault): Finding[] {
  const passages = SERVICES.flatMap((service) =>
    WAYS.map((way): ProbeResult => {
      const fails = services.includes(service) && ways.includes(way);
      const layers = { addresses: OK, connection: OK, tls: OK, answer: OK };
      const failed: LayerResult = { kind: 'failed', failure, detail: '', ...(code && { code }) };
      return { service, way, host: 'h', port: 1, layers: fails ? { ...layers, [layer]: failed } : layers };
    }),
  );
  return findingsOn(memberHealth('primary', passages));
}

/** What `confluent-dr check` says of the primary, by what fails on which way, and of the control plane. */
export function findingsTable(): string {
  const wheres: readonly [words: string, services: readonly string[], ways: readonly Way[]][] = [
    ['all services, both ways', SERVICES, WAYS],
    ['all services, through the proxy', SERVICES, ['proxy']],
    ['all services, directly', SERVICES, ['direct']],
    ['Kafka, both ways', ['kafka'], WAYS],
    ['the REST API, both ways', ['rest'], WAYS],
    ['the Schema Registry, both ways', ['schema-registry'], WAYS],
  ];
  const rows = new Map<string, string[]>();
  const add = (findings: readonly Finding[], state: string): void => {
    const said = findings.map((finding) => {
      const { cause, cure } = findingInWords(finding, 'primary');
      const next = finding.next ? ` \`confluent-dr ${finding.next.join(' ')}\`` : '';
      return `\`${finding.code}\`${finding.service ? ` (${finding.service})` : ''}: ${cause} ${cure ?? ''}${next}`.trim();
    });
    rows.set(said.join(' '), [...(rows.get(said.join(' ')) ?? []), state]);
  };
  for (const [words, services, ways] of wheres) {
    // A broker answers before it asks for a key.
    const possible = words.startsWith('Kafka') ? FAULTS.slice(0, 9) : FAULTS;
    possible.forEach((fault) => add(seen(services, ways, fault), `${words}: ${fault[0]}`));
  }
  FAILURE_CODES.forEach((code) => add(controlPlaneFindings({ kind: 'fails', code, detail: '' }), 'the control plane'));
  return [
    '# What `confluent-dr check` says',
    '',
    'Made by `npm run docs` from the judgement itself; a test holds it to that. What is said of the primary is said of the',
    'secondary alike, but that `unblock` is of the primary alone. The codes are those of `check --json`.',
    '',
    '| What fails | What is said, and the command that helps |',
    '| --- | --- |',
    ...[...rows].map(([said, states]) => `| ${states.join('; ')} | ${said} |`),
    '',
  ].join('\n');
}
