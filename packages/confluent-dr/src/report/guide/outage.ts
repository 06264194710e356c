import { cdkFor, commandFor, isLab, isProxyInLab, terraformFor } from '../../deployment/deployment';
import { type Role, ROLES } from '../../observe/pair-observation';
import { DEFAULT_BROKERS, hostEntries, hostLines, type MemberEndpoints, untoldBrokers } from '../../proxy/host-entries';
import { type Block, type Chapter, expect, kafkaAt, shell, type Subject, text, tool } from './guide';

const SHOWN_BROKERS = 3;

export const outage = (subject: Subject): Chapter[] => [
  { number: '4', title: 'Let clients work on the primary', blocks: clients(subject) },
  {
    number: '5',
    title: 'Take the primary away',
    blocks: [
      text(
        'A drill begins with this. In a disaster do it too: a primary that comes back unasked then gets no records from clients of the proxy. If it cannot be done, go on with 7b.',
      ),
      ...toggle(subject, true),
      tool(commandFor(subject, ['block'])),
      expect('The plan replaces the run command of the proxy, and nothing else.'),
    ],
  },
  { number: '6', title: 'See that it is away', blocks: away(subject) },
];

/** The plan is made without a refresh: it must not read what is away, nor a mirror that is turning. */
export function toggle(subject: Subject, blocked: boolean): Block[] {
  return [
    shell(
      'TF_CLI_ARGS_plan=-refresh=false TF_CLI_ARGS_apply=-refresh=false \\',
      `  ${cdkFor(subject, `deploy --var cc_failover_primary=${blocked}`)}`,
    ),
    text('With Terraform alone:'),
    shell(terraformFor(subject, 'apply', ['-refresh=false', `-var=cc_failover_primary=${blocked}`])),
  ];
}

function clients(subject: Subject): Block[] {
  const { members, proxyAddress } = subject;
  if (isLab(subject)) {
    const canary = [
      text('In a lab that was started with `--kafka`, let a producer and a consumer run through the proxy:'),
      shell(commandFor(subject, ['canary'])),
    ];
    return [
      ...(isProxyInLab(subject) ? canary : []),
      text('No Kafka client can connect to a lab without brokers. Let it take records instead:'),
      shell(commandFor(subject, ['lab', 'produce', 'primary', subject.topics[0] ?? '<topic>', '--count', '100'])),
    ];
  }
  if (proxyAddress === undefined) {
    return [text('Start a producer and a consumer on the primary. No proxy is known of this deployment.')];
  }
  const named = (role: Role): MemberEndpoints => ({
    ...members[role],
    schemaRegistryEndpoint: members[role].schemaRegistry?.endpoint,
  });
  const endpoints = { primary: named('primary'), secondary: named('secondary') };
  const lines = hostLines(hostEntries(proxyAddress, endpoints, SHOWN_BROKERS));
  return [
    text(
      'On the machines of the clients, lead the names of the clusters to the proxy. `/etc/hosts` knows no wildcards: each broker has a line of its own, or clients go past the proxy.',
    ),
    shell(...lines.map((line) => `# ${line}`)),
    ...brokersBeyond(proxyAddress, endpoints),
    tool(`sudo ${commandFor(subject, ['hosts', '--apply'])}`),
    text('Start a producer and a consumer, and see that both go on.'),
    ...ROLES.map((role) => throughProxy(subject, proxyAddress, role)),
    expect('Both answer with a certificate of Confluent.'),
    tool(commandFor(subject, ['check'])),
  ];
}

/** How the lines go on, and which brokers have none: it depends on the network. */
function brokersBeyond(proxyAddress: string, endpoints: Record<Role, MemberEndpoints>): Block[] {
  const shown = hostEntries(proxyAddress, endpoints, SHOWN_BROKERS).map(({ host }) => host);
  const next = hostEntries(proxyAddress, endpoints, SHOWN_BROKERS + 1)
    .map(({ host }) => host)
    .filter((host) => !shown.includes(host))
    .map((host) => `\`${host.split('.')[0]}\``);
  const goOn =
    next.length === 0
      ? []
      : [
          text(
            `These are the lines for ${SHOWN_BROKERS} brokers each; go on with ${next.join(', ')} if there are more. The command writes them for ${DEFAULT_BROKERS}.`,
          ),
        ];
  const untold = ROLES.flatMap((role) => untoldBrokers(endpoints[role]).map(({ names }) => ({ role, names })));
  return [
    ...goOn,
    ...untold.map(({ role, names }) =>
      text(
        `${names === undefined ? `The names of the brokers of the ${role} do not follow from its bootstrap host, and those above may not be theirs.` : `The brokers of the ${role} have no lines: their names (\`${names}\`) cannot be told ahead.`} Take them from the metadata of a client, by \`kcat -L\`, or lead them to the proxy by DNS.`,
      ),
    ),
  ];
}

/** `nc` would not tell: the proxy takes every connection, and reads the name in the TLS hello first. */
function throughProxy({ members }: Subject, proxyAddress: string, role: Role): Block {
  const { host, port } = kafkaAt(members[role]);
  const target = proxyAddress.includes(':') ? `[${proxyAddress}]:${port}` : `${proxyAddress}:${port}`;
  return shell(`openssl s_client -connect ${target} -servername ${host} </dev/null 2>/dev/null | grep subject`);
}

function away(subject: Subject): Block[] {
  const { proxyAddress } = subject;
  if (isProxyInLab(subject)) {
    return [
      shell(commandFor(subject, ['check', '--through-proxy'])),
      expect('The primary is shut out, and the secondary is let through, as the output `proxy_report` says.'),
    ];
  }
  if (isLab(subject)) {
    return [
      text('No proxy runs in this lab, and nothing is blocked: `lab status` says what this machine lacks for it.'),
    ];
  }
  if (proxyAddress === undefined) {
    return [text('The producer and the consumer stop.')];
  }
  return [
    ...ROLES.map((role) => throughProxy(subject, proxyAddress, role)),
    expect(
      'Nothing for the primary, a certificate for the secondary. `nc` does not tell: the proxy takes every connection, and closes it once it has read the name.',
    ),
    text(
      'The producer and the consumer report errors. The clusters still reach each other, as their link does not go through the proxy: the mirrors stay `ACTIVE`.',
    ),
    tool(commandFor(subject, ['check', '--through-proxy'])),
  ];
}
