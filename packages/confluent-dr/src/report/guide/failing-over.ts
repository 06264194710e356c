import { commandFor, isLab, quoted } from '../../deployment/deployment';
import { neededAcls } from '../../observe/acls';
import { type Role, ROLES } from '../../observe/pair-observation';
import { type Block, type Chapter, expect, shell, type Subject, text, tool } from './guide';
import { type Requests } from './requests';

export const PARTIAL =
  'The answer is 200 even if some topics failed. Read `error_code` and `error_message` of each topic.';

export const failingOver = (subject: Subject, requests: Requests): Chapter[] => [
  {
    number: '7a',
    title: 'Fail over, planned',
    blocks: [
      text('Stop the producers. Then let source and mirror change places. The request goes to the secondary.'),
      requests.operate('secondary', 'reverse-and-start-mirror'),
      expect(PARTIAL),
      text('Ask both clusters, again and again, until every topic has turned. No one can write meanwhile.'),
      ...ROLES.map((role) => requests.mirrors(role)),
      expect('`STOPPED` on the secondary, `ACTIVE` on the primary. Go on with 9.'),
      text('If a mirror stays `PENDING_SYNCHRONIZE` or `PENDING_MIRROR`, or a topic has an error, go on with 8.'),
      tool(commandFor(subject, ['failover', '--planned'])),
    ],
  },
  {
    number: '7b',
    title: 'Fail over, in a disaster',
    blocks: [
      text(
        'Make sure that no client writes to the primary any more. First see what will be lost: `mirror_lags`, as far as the mirrors know.',
      ),
      requests.mirrors('secondary'),
      text('Then stop mirroring. The request goes to the secondary; the primary is not needed.'),
      requests.operate('secondary', 'failover'),
      expect(PARTIAL),
      requests.mirrors('secondary'),
      expect(
        '`STOPPED` for every topic. `mirror_lags` is what the secondary lacks: at least so many records are lost. Write it down.',
      ),
      tool(commandFor(subject, ['failover', '--unplanned'])),
    ],
  },
  { number: '8', title: 'If it is refused: the ACLs', blocks: acls(subject, requests) },
  {
    number: '9',
    title: 'Move the clients to the secondary',
    blocks: [
      text('Only when every topic is `STOPPED` on the secondary and, the planned way, `ACTIVE` on the primary.'),
      ...bootstrapOf(subject, 'secondary'),
      text(
        'Consumers go on from their mirrored offsets and can see some records twice. Then see that the primary follows:',
      ),
      requests.mirrors('primary'),
      expect('Planned: the lags stay near 0. Disaster: the primary does not answer, or has no mirror yet.'),
      tool(commandFor(subject, ['lag'])),
    ],
  },
];

/** Where clients are to connect to. */
export function bootstrapOf(subject: Subject, role: Role): Block[] {
  const { bootstrapEndpoint, kafkaCredentials, schemaRegistry } = subject.members[role];
  if (isLab(subject)) {
    return [
      text('In a lab:'),
      shell(commandFor(subject, ['lab', 'produce', role, subject.topics[0] ?? '<topic>', '--count', '100'])),
    ];
  }
  const registry = schemaRegistry ? `, and Schema Registry is \`${schemaRegistry.endpoint}\`` : '';
  return [
    text(
      `Give them \`bootstrap.servers=${bootstrapEndpoint}\` and an API key of the ${role}, such as ${kafkaCredentials.key}${registry}. Start consumers first, then producers.`,
    ),
  ];
}

function acls(subject: Subject, requests: Requests): Block[] {
  const names = subject.topics.length > 0 ? subject.topics : ['<topic>'];
  return [
    text(
      'Whom the keys belong to needs, on both clusters, READ and DESCRIBE_CONFIGS on each topic, and DESCRIBE and ALTER on the cluster. This shows what is there:',
    ),
    ...ROLES.map((role) => {
      const query = `/acls?principal=${encodeURIComponent(principalOf(subject, role))}`;
      return requests.get(role, query);
    }),
    text('This adds what is missing, and leaves alone what is there:'),
    ...ROLES.map((role) =>
      shell(
        `for topic in ${names.map(quoted).join(' ')}; do`,
        `  for operation in ${operationsOn('TOPIC')}; do`,
        ...indented(indented(create(subject, requests, role, { type: 'TOPIC', name: '$topic' }))),
        '  done',
        'done',
        `for operation in ${operationsOn('CLUSTER')}; do`,
        ...indented(create(subject, requests, role, { type: 'CLUSTER', name: 'kafka-cluster' })),
        'done',
      ),
    ),
    expect('No output. Then run 7a again: topics that have turned already are refused, and stay as they are.'),
    tool(commandFor(subject, ['acl', '--fix'])),
  ];
}

const operationsOn = (type: 'TOPIC' | 'CLUSTER'): string =>
  neededAcls(['any'])
    .filter(({ resourceType }) => resourceType === type)
    .map(({ operation }) => operation)
    .join(' ');

const principalOf = ({ members }: Subject, role: Role): string => members[role].principal ?? 'User:<service account>';

function create(
  subject: Subject,
  requests: Requests,
  role: Role,
  resource: { readonly type: string; readonly name: string },
): string[] {
  const acl = {
    resource_type: resource.type,
    resource_name: resource.name,
    pattern_type: 'LITERAL',
    principal: principalOf(subject, role),
    host: '*',
    operation: '$operation',
    permission: 'ALLOW',
  };
  return requests.curl(role, '/acls', `"${JSON.stringify(acl).replaceAll('"', '\\"')}"`);
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
