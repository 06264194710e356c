import { stripVTControlCharacters } from 'node:util';
import { type Look, type Style } from '../cli/terminal';
import { commandFor, type CommandPlace } from '../deployment/command-for';
import { type Finding } from '../health/findings';
import { type MemberVerdict } from '../health/member-verdict';
import { type Outcome } from '../health/outcome';
import { type HealthReport, type HostReport, type MemberHealthReport, type PassageReport } from '../health/report';
import { type Role, ROLES } from '../pair/role';
import { controlPlaneInWords, findingInWords, proxyTruthInWords } from './health';
import { untriedInWords } from './proof';
import { advice, commandText, grid, indented, wrapped } from './status-layout';

const STYLE: Partial<Record<MemberVerdict, Style>> = { well: 'green', broken: 'red', mixed: 'red', unknown: 'dim' };

const SAID: Record<Outcome, string> = {
  'not-tried': 'not tried',
  answers: 'answers',
  declines: 'says no',
  'no-address': 'no address',
  'no-connection': 'takes no connection',
  closed: 'closed before TLS',
  silent: 'silent before TLS',
  stranger: 'not who it should be',
  faulty: 'answers badly',
};

/** What a check found, for people. */
export function checkText(report: HealthReport, deployment: CommandPlace, look: Look): string {
  const parts = ROLES.map((role) => memberText(role, report.members[role], deployment, look));
  const { address, told } = report.proxy;
  if (address !== undefined || told.length > 0) {
    const truths = told.map((truth) =>
      indented(look.paint(truth.agrees ? 'green' : 'yellow', wrapped(proxyTruthInWords(truth), look.width - 2))),
    );
    parts.push([`${look.paint('bold', 'proxy')}  ${address ?? ''}`.trimEnd(), ...truths].join('\n'));
  }
  parts.push(
    wrapped(`${look.paint('bold', 'control plane')}  ${controlPlaneInWords(report.controlPlane)}`, look.width),
  );
  const findings = report.findings.map((finding) =>
    findingText(finding, undefined, deployment, { ...look, margin: '' }),
  );
  return [...parts, ...findings.map((text) => look.paint('red', text))].join('\n\n');
}

/** What it is, what to do, and the command that helps, on a line of its own so that it can be copied. */
function findingText(
  finding: Finding,
  on: Role | undefined,
  deployment: CommandPlace,
  { margin = '  ', ...look }: Look & { readonly margin?: string },
): string {
  const { cause, cure } = findingInWords(finding, on);
  const command = finding.next && commandText(commandFor(deployment, finding.next), look, `${margin}  `);
  return [advice(cause, cure, look, margin), ...(command ? [command] : [])].join('\n');
}

function memberText(role: Role, member: MemberHealthReport, deployment: CommandPlace, look: Look): string {
  const { paint, width } = look;
  const title = [paint('bold', role), member.clusterId, paint(STYLE[member.verdict] ?? 'yellow', member.verdict)];
  const inner = { ...look, width: width - 2 };
  const rows = member.passages.map((passage) => passageRow(passage, look));
  return [
    title.join('  '),
    ...member.findings.map((finding) => findingText(finding, role, deployment, look)),
    indented(isNarrow(rows, inner) ? rows.map((row) => narrowRow(row, inner)).join('\n') : grid(HEAD, rows, inner)),
    ...member.hosts.map((host) => hostText(host, member.passages, look)),
  ].join('\n');
}

const HEAD = ['service', 'way', 'result', 'in words'];

/** Where the table has no room, a way is a line: twelve of them, and what they mean, are to fit a screen. */
const isNarrow = (rows: readonly (readonly string[])[], { width }: Look): boolean =>
  HEAD.reduce((sum, _, column) => sum + 2 + Math.max(...rows.map((row) => visible(row[column])), 0), 0) > width;

const visible = (text: string): number => stripVTControlCharacters(text).length;

const narrowRow = ([service, way, result, detail]: readonly string[], { width }: Look): string =>
  wrapped(`${service} ${way}: ${result}${detail === '' ? '' : `, ${detail}`}`, width, '  ');

function passageRow({ service, way, outcome, port, detail, untried }: PassageReport, { paint }: Look): string[] {
  const style: Style = outcome === 'answers' ? 'green' : outcome === 'not-tried' ? 'dim' : 'red';
  return [
    `${service} ${port}`,
    way === 'proxy' ? 'through proxy' : 'directly',
    paint(style, SAID[outcome]),
    detail ?? (untried ? untriedInWords(untried) : ''),
  ];
}

function hostText(report: HostReport, passages: readonly PassageReport[], { width }: Look): string {
  const { host, dns, machine, machineLeadsToProxy } = report;
  const found = ({ addresses, problem }: HostReport['dns']): string =>
    problem === undefined ? addresses.join(', ') : 'unknown';
  const forMachine = `for this machine${machineLeadsToProxy ? ', that of the proxy' : ''}`;
  const same = dns.problem === undefined && found(dns) === found(machine);
  const text = same
    ? `${host} is ${found(dns)} by DNS and ${forMachine}`
    : `${host} is ${found(dns)} by DNS, ${found(machine)} ${forMachine}`;
  const { certificate } = passages.find((passage) => passage.host === host && passage.certificate) ?? {};
  return indented(wrapped([text, certificate].filter(Boolean).join('; '), width - 2, '  '));
}
