import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { askControlPlane } from '../probe/control-plane';
import { healthReport } from '../probe/health-report';
import { type Way } from '../probe/probe-result';
import { checkText } from '../words/check';
import { BadInput, EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { pairChecker } from './named-brokers';
import { addSessionOptions, type SessionOptions, SOURCES_HELP } from './options';
import { inSession, deployedProxyReport } from './session';
import { look, Progress } from './terminal';

const HELP = `${SOURCES_HELP}
For each member: its addresses, by DNS itself and for this machine; connections to Kafka (9092), its REST API and Schema
Registry (443), TLS with the right certificate, and an answer. Directly, and through the proxy. What fails through the
proxy alone is blocked; what fails on both ways is broken. Then the control plane, which block and unblock need: with the
Cloud API key in CONFLUENT_DR_CLOUD_KEY and CONFLUENT_DR_CLOUD_SECRET, or without one whether it is there. Nothing is changed.

Exit code 0 if all is well, 4 if something needs a look.

Example:
  $ confluent-dr check
  $ confluent-dr check --all
  $ confluent-dr check --direct --json
  $ confluent-dr check --outputs outputs.json --proxy-report report.txt
`;

/** Milliseconds for each of connection, TLS and answer. */
const LIMIT_MS = 5000;
/** Finding the addresses, connection, TLS and answer follow one another. */
const STEPS = 4;

interface CheckCommandOptions extends SessionOptions {
  readonly throughProxy?: boolean;
  readonly direct?: boolean;
  readonly proxyReport?: string;
  readonly all?: boolean;
}

export function addCheck(program: Command): void {
  addSessionOptions(program.command('check'))
    .description('what of both members answers, directly and through the proxy')
    .addOption(new Option('--through-proxy', 'only through the proxy (default: both ways)').conflicts('direct'))
    .option('--direct', 'only directly (default: both ways)')
    .option(
      '--proxy-report <file>',
      "the stack's output proxy_report, to hold against what is seen; - for standard input " +
        '(default: as the folder of --from has it)',
    )
    .option('--all', 'every service with its answer, and every host with its addresses and certificate')
    .addHelpText('after', HELP)
    .action(check);
}

async function check(options: CheckCommandOptions): Promise<void> {
  const { json, timeout, resolver } = options;
  const given = options.proxyReport === undefined ? undefined : textOf(options.proxyReport);
  const { report, deployment } = await inSession(options, async ({ deployment, signal }) => {
    const progress = new Progress();
    progress.tell('Trying every service of both members …');
    try {
      const limitMs = Math.min(LIMIT_MS, Math.ceil((timeout ?? Infinity) / STEPS));
      const scope = { lookup: resolver, limitMs, signal };
      const [checked, controlPlane] = await Promise.all([
        pairChecker(deployment)({ ...scope, ways: waysOf(options) }),
        askControlPlane(deployment, scope),
      ]);
      // Outputs from elsewhere are of another deployment than the current folder's.
      const own = await deployedProxyReport(options, signal);
      const found = healthReport(checked, deployment, { proxyReport: given ?? own, controlPlane });
      return { report: found, deployment };
    } finally {
      progress.end();
    }
  });
  if (json) {
    printDocument('check', report);
  } else {
    console.log(checkText(report, deployment, look(), options.all));
  }
  if (!report.well) {
    throw new Exit(EXIT.notThere);
  }
}

function waysOf({ direct, throughProxy }: CheckCommandOptions): readonly Way[] | undefined {
  return direct ? ['direct'] : throughProxy ? ['proxy'] : undefined;
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new BadInput(`--proxy-report ${file} cannot be read: ${(error as Error).message}`);
  }
}
