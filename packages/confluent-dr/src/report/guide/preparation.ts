import { commandFor, isLab, quoted } from '../../deployment/deployment';
import { type Role, ROLES } from '../../observe/pair-observation';
import { type Block, type Chapter, expect, kafkaAt, points, shell, type Subject, text, tool } from './guide';

export const preparation = (subject: Subject): Chapter[] => [whichWay(subject), access(subject)];

const CELLS: readonly [name: string, of: (subject: Subject, role: Role) => string | undefined][] = [
  ['cluster', ({ members }, role) => members[role].clusterId],
  ['environment', ({ members }, role) => members[role].environmentId],
  ['region', ({ members }, role) => members[role].region],
  ['Kafka', ({ members }, role) => `${kafkaAt(members[role]).host}:${kafkaAt(members[role]).port}`],
  ['REST API', ({ members }, role) => members[role].restEndpoint],
  ['Schema Registry', ({ members }, role) => members[role].schemaRegistry?.endpoint],
  ['API key', ({ members }, role) => members[role].kafkaCredentials.key],
  ['key of', ({ members }, role) => members[role].principal],
];

function whichWay(subject: Subject): Chapter {
  const { linkName, proxyAddress } = subject;
  const rows = CELLS.map(([name, of]) => [name, ...ROLES.map((role) => of(subject, role))])
    .filter(([, primary, secondary]) => primary !== undefined || secondary !== undefined)
    .map((row) => row.map((cell) => cell ?? '–'));
  return {
    title: 'Which way to go',
    blocks: [
      { kind: 'table', head: ['', ...ROLES], rows },
      ...whereToWork(subject),
      text(
        `The link is \`${linkName}\` on both clusters.`,
        proxyAddress === undefined ? '' : `Clients come through the proxy at ${proxyAddress}.`,
      ),
      points(
        '**Planned**: both clusters work and reach each other. Nothing is lost. Take the chapters marked a. A drill with the proxy is one: only the clients are cut off.',
        '**Disaster**: the primary is gone. What it had not mirrored yet is lost. Take the chapters marked b.',
      ),
      text(
        'If in doubt, ask the primary for its links (chapter 1). If it answers, go the planned way. Never take 7b while clients can still write to the primary: both clusters would take records, and one side of them is thrown away later.',
      ),
      tool(commandFor(subject, ['status'])),
    ],
  };
}

function whereToWork(subject: Subject): Block[] {
  const { project, lab } = subject.workplace ?? {};
  const where = project === undefined ? [] : [`Work in the folder ${project}.`];
  const cloud = isLab(subject)
    ? [
        `This deployment is a lab's${lab === undefined ? '' : `, the one in ${lab}`}: each command here goes to the lab, and to nothing real.`,
      ]
    : [];
  return where.length + cloud.length > 0 ? [text(...where, ...cloud)] : [];
}

function access(subject: Subject): Chapter {
  const { members, topics } = subject;
  return {
    title: 'Access',
    blocks: [
      ...pastTheProxy(subject),
      text(
        'The commands are for bash and curl 7.76 or newer. The secrets are in variables: they are typed unseen, are not in the history, and curl gets them past its arguments. Paste these lines one at a time.',
      ),
      ...ROLES.map((role) =>
        shell(
          `read -rsp ${quoted(`Secret of ${members[role].kafkaCredentials.key} (${role}): `)} ${variableOf(role)} && echo`,
        ),
      ),
      text('Then all of this:'),
      shell(
        ...ROLES.map(
          (role) =>
            `as_${role}() { printf 'user = "%s:%s"\\n' ${quoted(members[role].kafkaCredentials.key)} "$${variableOf(role)}"; }`,
        ),
        `TOPICS=${quoted(JSON.stringify(topics.length > 0 ? topics : ['<topic>']))}`,
      ),
      ...(topics.length > 0 ? [] : [text('Put the names of the topics into `TOPICS`; chapter 3 lists them.')]),
      text('When all is done, or before you leave the shell open:'),
      shell(`unset ${ROLES.map(variableOf).join(' ')}`),
    ],
  };
}

const variableOf = (role: Role): string => `${role.toUpperCase()}_SECRET`;

function pastTheProxy(subject: Subject): Block[] {
  if (isLab(subject) || subject.proxyAddress === undefined) {
    return [];
  }
  return [
    text(
      'Work on a machine that reaches the clusters past the proxy. If its `/etc/hosts` leads their names to the proxy, take these lines out first; else you are cut off with the clients.',
    ),
    tool(`sudo ${commandFor(subject, ['hosts', '--remove'])}`),
    shell(`getent hosts ${ROLES.map((role) => kafkaAt(subject.members[role]).host).join(' ')}`),
    expect(`Addresses other than ${subject.proxyAddress}.`),
  ];
}
