import { stripVTControlCharacters } from 'node:util';
import { commandFor, type CommandPlace } from '../deployment/deployment';
import { type Role, ROLES } from '../observe/pair-observation';
import { type Finding } from '../probe/findings';
import { type HealthReport, type HostReport, type MemberHealthReport, type ProbeReport } from '../probe/health-report';
import { type Outcome } from '../probe/probe-result';
import { type MemberVerdict } from '../probe/verdict';
import { controlPlaneInWords, findingInWords, proxyTruthInWords } from './health';
import { advice, commandText, grid, indented, wrapped } from './layout';
import { untriedInWords } from './proof';
import { type Look, type Style } from './text-style';

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

/**
 * What a check found, for people: what a screen of 24 lines holds, or all of it.
 *
 * @param all every service with its answer, and every host with its addresses and certificate
 */
export function checkText(report: HealthReport, deployment: CommandPlace, look: Look, all = false): string {
  const parts = ROLES.map((role) => memberText(role, report.members[role], deployment, look, all));
  const { address, told } = report.proxy;
  if (address !== undefined || told.length > 0) {
    const title = `${look.paint('bold', 'proxy')}  ${address ?? ''}`.trimEnd();
    const truths = told.map((truth) => look.paint(truth.agrees ? 'green' : 'yellow', proxyTruthInWords(truth)));
    parts.push(
      all
        ? [title, ...truths.map((truth) => indented(wrapped(truth, look.width - 2)))].join('\n')
        : wrapped([title, ...truths].join('  '), look.width, '  '),
    );
  }
  parts.push(
    wrapped(`${look.paint('bold', 'control plane')}  ${controlPlaneInWords(report.controlPlane)}`, look.width),
  );
  const findings = report.findings.map((finding) =>
    findingText(finding, undefined, deployment, { ...look, margin: '' }),
  );
  return [
    ...parts,
    ...findings.map((text) => look.paint('red', text)),
    ...(all ? [] : [look.paint('dim', 'each service and host, and why one was not tried: --all')]),
  ].join(all ? '\n\n' : '\n');
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

function memberText(
  role: Role,
  member: MemberHealthReport,
  deployment: CommandPlace,
  look: Look,
  all: boolean,
): string {
  const { paint, width } = look;
  const isFenced = member.findings.some(({ code }) => code === 'fenced');
  const verdict = isFenced ? paint('green', 'fenced') : paint(STYLE[member.verdict] ?? 'yellow', member.verdict);
  const title = [paint('bold', role), member.clusterId, verdict];
  const inner = { ...look, width: width - 2 };
  const hosts = all ? member.hosts : member.hosts.filter(({ dns }) => dns.problem !== undefined);
  return [
    title.join('  '),
    // Of a member that is well, the ways below tell as much.
    ...member.findings
      .filter(({ code }) => all || code !== 'well')
      .map((finding) => findingText(finding, role, deployment, look)),
    indented(all ? resultsText(member.passages, inner) : waysText(member.passages, inner)),
    ...hosts.map((host) => hostText(host, member.passages, look)),
  ].join('\n');
}

/** A line for each way, or for both: `directly: answers (kafka, rest), says no (schema-registry)`. */
function waysText(passages: readonly ProbeReport[], { paint, width }: Look): string {
  const byOutcome = new Map<string, string[]>();
  for (const way of ['direct', 'proxy'] as const) {
    const own = passages.filter((result) => result.way === way);
    const outcomes = [...new Set(own.map(({ outcome }) => outcome))];
    const told = outcomes.map((outcome) => {
      const services = own.filter((result) => result.outcome === outcome).map(({ service }) => service);
      return paint(styleOf(outcome), SAID[outcome]) + (outcomes.length > 1 ? ` (${services.join(', ')})` : '');
    });
    if (told.length > 0) {
      byOutcome.set(told.join(', '), [...(byOutcome.get(told.join(', ')) ?? []), WAYS[way]]);
    }
  }
  return [...byOutcome].map(([told, ways]) => wrapped(`${ways.join(' and ')}: ${told}`, width, '  ')).join('\n');
}

function resultsText(passages: readonly ProbeReport[], look: Look): string {
  const rows = passages.map((result) => resultRow(result, look));
  return isNarrow(rows, look) ? rows.map((row) => narrowRow(row, look)).join('\n') : grid(HEAD, rows, look);
}

const WAYS = { direct: 'directly', proxy: 'through proxy' } as const;

const styleOf = (outcome: Outcome): Style =>
  outcome === 'answers' ? 'green' : outcome === 'not-tried' ? 'dim' : 'red';

const HEAD = ['service', 'way', 'result', 'in words'];

/** Where the table has no room, a way is a line: twelve of them, and what they mean, are to fit a screen. */
const isNarrow = (rows: readonly (readonly string[])[], { width }: Look): boolean =>
  HEAD.reduce((sum, _, column) => sum + 2 + Math.max(...rows.map((row) => visible(row[column])), 0), 0) > width;

const visible = (text: string): number => stripVTControlCharacters(text).length;

const narrowRow = ([service, way, result, detail]: readonly string[], { width }: Look): string =>
  wrapped(`${service} ${way}: ${result}${detail === '' ? '' : `, ${detail}`}`, width, '  ');

function resultRow({ service, way, outcome, port, detail, untried }: ProbeReport, { paint }: Look): string[] {
  return [
    `${service} ${port}`,
    WAYS[way],
    paint(styleOf(outcome), SAID[outcome]),
    detail ?? (untried ? untriedInWords(untried) : ''),
  ];
}

function hostText(report: HostReport, passages: readonly ProbeReport[], { width }: Look): string {
  const { host, dns, machine, machineLeadsToProxy } = report;
  const found = ({ addresses, problem }: HostReport['dns']): string =>
    problem === undefined ? addresses.join(', ') : 'unknown';
  const forMachine = `for this machine${machineLeadsToProxy ? ', that of the proxy' : ''}`;
  const same = dns.problem === undefined && found(dns) === found(machine);
  const text = same
    ? `${host} is ${found(dns)} by DNS and ${forMachine}`
    : `${host} is ${found(dns)} by DNS, ${found(machine)} ${forMachine}`;
  const { certificate } = passages.find((result) => result.host === host && result.certificate) ?? {};
  return indented(wrapped([text, certificate].filter(Boolean).join('; '), width - 2, '  '));
}
