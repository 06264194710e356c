import { bootstrapName, brokerName, PROXY_ADDRESS, type Role } from '../harness/network';
import { extension, hello, helloMessage, records, serverNames } from '../harness/hello';

export interface OddHello {
  readonly what: string;
  readonly bytes: Buffer;
  /** Where it must arrive; `nowhere` means it is closed. */
  readonly goesTo: Role | 'nowhere';
  /** The client says no more, so the proxy waits for as long as a hello may take. */
  readonly unfinished?: boolean;
}

const P = bootstrapName('primary');
const S = bootstrapName('secondary');
const DOMAIN = P.slice(P.indexOf('.') + 1);
const bytes = (...parts: (string | number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

const named = (goesTo: OddHello['goesTo'], names: (string | Buffer)[]): OddHello[] =>
  names.map((name) => ({
    what: `name ${JSON.stringify(name.toString('latin1')).slice(0, 90)}`,
    bytes: hello(name),
    goesTo,
  }));

const own = [
  ...named('primary', [P, brokerName('primary', 0), brokerName('primary', 2), P.toUpperCase(), `${P}.`]),
  ...named('primary', [brokerName('primary', 1).replace('b1-pkc', 'B1-PkC')]),
  ...named('secondary', [S, brokerName('secondary', 0), brokerName('secondary', 1).toUpperCase(), `${S}.`]),
];

const neighbours = named('nowhere', [
  `pkc-111111.${DOMAIN}`,
  `pkc-1111.${DOMAIN}`,
  `b0-pkc-111110.${DOMAIN}`,
  `pkc-11112.${DOMAIN}`,
  P.replace('westeurope', 'northeurope'),
  P.replace('westeurope', 'westeurope2'),
  P.replace('azure', 'aws'),
  S.replace('northeurope', 'westeurope'),
  `lkc-11111.${DOMAIN}`,
  `lkc-11111-abcd.${DOMAIN}`,
  `psrc-11111.${DOMAIN}`,
  DOMAIN,
  'confluent.cloud',
  'api.confluent.cloud',
]);

const prefixes = named('nowhere', [
  ...['b', 'b-', 'b0', 'bx-', 'b0x-', 'b0-b0-', 'b+1-', 'b-1-', 'b 0-', 'c0-', 'x', 'x.', '.', '-', '0-', ' '].map(
    (prefix) => prefix + P,
  ),
  `evil.${P}`,
  `b0.${P}`,
  `${S}.${P}`,
  `user@${P}`,
  `https://${P}`,
]);

const suffixes = named('nowhere', [
  ...['.evil.org', 'x', '..', '.cloud', ':443', ':9092', '/', '#', '?', ' ', '%00', ',x', ';'].map(
    (suffix) => P + suffix,
  ),
  `${P}.${S}`,
  `${P} ${S}`,
  P.replace('.azure', '..azure'),
  P.replaceAll('.', 'x'),
  P.replaceAll('.', '-'),
  P.replace('.confluent', 'xconfluent'),
]);

const wildcards = named('nowhere', [
  `*.${DOMAIN}`,
  `.${DOMAIN}`,
  `*-pkc-11111.${DOMAIN}`,
  `pkc-*.${DOMAIN}`,
  `~*^pkc-11111`,
  `b[0-9]+-${P}`,
  '*',
  'default',
  'hostnames',
]);

const places = named('nowhere', [
  'localhost',
  '127.0.0.1',
  PROXY_ADDRESS,
  '20.61.1.10',
  '20.61.2.10',
  '169.254.169.254',
  '168.63.129.16',
  '0.0.0.0',
  '0',
  '2130706433',
  '0x7f000001',
  '::1',
  '[::1]',
  '::ffff:127.0.0.1',
  'example.com',
  'primary',
  'secondary/9092.sock',
  'unix:/run/confluent-dr-proxy/primary/9092.sock',
  '../secondary',
  '$hostname',
  '${instance}',
]);

const strange = named('nowhere', [
  bytes(P, [0]),
  bytes([0], P),
  bytes(P, [0], '.evil.org'),
  bytes('evil.org', [0], P),
  bytes(P, '\n'),
  bytes(P, '\r\n'),
  bytes(P, '\t'),
  bytes('\n', P),
  bytes('"},{"sni":"', P),
  bytes([0x1b], '[2J', P),
  bytes([0xff, 0xfe], P),
  Buffer.from(P.replace('c', 'с'), 'utf8'), // a Cyrillic letter that looks the same
  Buffer.from(P.replace('.', '。'), 'utf8'),
  Buffer.from(`ｂ0-${P}`, 'utf8'),
  'pkc-11111.xn--westeurope.azure.confluent.cloud',
  'a'.repeat(255),
  `${'a.'.repeat(120)}${P}`.slice(-255),
  `b${'1'.repeat(200)}-${P}x`,
  'a'.repeat(2000),
  'a'.repeat(10_000),
]);

const several: OddHello[] = [
  { what: 'two names, a stranger first', bytes: hello('evil.org', P), goesTo: 'nowhere' },
  { what: 'a name of an unknown type', bytes: hello({ value: P, type: 7 }), goesTo: 'nowhere' },
  { what: 'a name that says to be longer than it is', bytes: hello({ value: P, saysLength: 200 }), goesTo: 'nowhere' },
  {
    what: 'a name that says to be shorter, ending in another',
    bytes: hello({ value: `evil${P}`, saysLength: 4 }),
    goesTo: 'nowhere',
  },
  {
    what: 'two extensions, a stranger first',
    bytes: records(helloMessage(serverNames('evil.org'), serverNames(P))),
    goesTo: 'nowhere',
  },
  { what: 'an empty name', bytes: hello(''), goesTo: 'nowhere' },
  { what: 'an empty list', bytes: hello(), goesTo: 'nowhere' },
  { what: 'an empty extension', bytes: records(helloMessage(extension(0, Buffer.alloc(0)))), goesTo: 'nowhere' },
  { what: 'no server name', bytes: records(helloMessage()), goesTo: 'nowhere' },
];

const notTls: OddHello[] = [
  { what: 'an HTTP request', bytes: bytes(`GET / HTTP/1.1\r\nHost: ${P}\r\n\r\n`), goesTo: 'nowhere' },
  { what: 'a CONNECT request', bytes: bytes(`CONNECT ${P}:9092 HTTP/1.1\r\n\r\n`), goesTo: 'nowhere' },
  {
    what: 'a PROXY header before a fine hello',
    bytes: bytes(`PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n`, [...hello(P)]),
    goesTo: 'nowhere',
  },
  {
    what: 'a Kafka request in plain text',
    bytes: bytes([0, 0, 0, 12, 0, 18, 0, 0, 0, 0, 0, 1, 0, 2, 97, 98]),
    goesTo: 'nowhere',
  },
  { what: 'zeros', bytes: Buffer.alloc(64), goesTo: 'nowhere' },
  { what: 'garbage', bytes: Buffer.alloc(300, 0xa5), goesTo: 'nowhere' },
  { what: 'an alert instead of a hello', bytes: Buffer.from('15030100020228', 'hex'), goesTo: 'nowhere' },
  {
    what: 'an SSL 2 hello',
    bytes: bytes([0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10], 'x'.repeat(60)),
    goesTo: 'nowhere',
  },
  { what: 'half of a fine hello', bytes: hello(P).subarray(0, 60), goesTo: 'nowhere', unfinished: true },
  { what: 'one byte', bytes: Buffer.from([22]), goesTo: 'nowhere', unfinished: true },
  { what: 'nothing at all', bytes: Buffer.alloc(0), goesTo: 'nowhere', unfinished: true },
];

export const ODD_HELLOS: readonly OddHello[] = [
  ...own,
  ...neighbours,
  ...prefixes,
  ...suffixes,
  ...wildcards,
  ...places,
  ...strange,
  ...several,
  ...notTls,
  { what: 'a fine hello in small records', bytes: records(helloMessage(serverNames(P)), 40), goesTo: 'primary' },
];
