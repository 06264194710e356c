import { type Command, InvalidArgumentError, Option } from 'commander';
import { UnusableDeployment } from '../deployment/deployment';
import { checkedValues, listOf, type ValueOf } from '../deployment/resolve';
import { type Role, ROLES } from '../observe/pair-observation';
import { DEFAULT_BROKERS, hostEntries, hostLines, type MemberEndpoints, untoldBrokers } from '../proxy/host-entries';
import { changeHosts, HostsFileProblem } from '../proxy/hosts-file';
import { type DocumentOf } from '../report/output-schema/documents';
import { hostsText } from '../words/hosts';
import { BadInput, EXIT, Exit } from './exit';
import { printDocument } from './json-output';
import { addDeploymentOptions, addJsonOption, type DeploymentOptions, SOURCES_HELP } from './options';
import { readValues } from './session';
import { look } from './terminal';

const HELP = `${SOURCES_HELP}
Clients take the way through the proxy when all names of the clusters lead to it: bootstrap, each broker, Kafka REST and
Schema Registry. Names of brokers are made of the bootstrap host's; where they cannot, as on private link of dedicated
clusters, that is said. Only the proxy's address and both bootstrap endpoints are needed, no key.

--apply writes the lines into a block between the marks "# BEGIN confluent-dr" and "# END confluent-dr", before all other
lines, so that it wins over them; --remove takes that block out again and needs no deployment. Nothing else in the file is
touched. Take the block out where Terraform runs: it must reach the clusters past the proxy. This tool asks DNS itself.

Example:
  $ confluent-dr hosts
  $ confluent-dr hosts --brokers 24 --apply --dry-run
  $ sudo confluent-dr hosts --outputs outputs.json --apply
  $ sudo confluent-dr hosts --remove
  $ confluent-dr hosts --set proxyAddress=203.0.113.7 \\
      --set primary.bootstrapEndpoint=pkc-11111.westeurope.azure.confluent.cloud:9092 \\
      --set secondary.bootstrapEndpoint=pkc-22222.northeurope.azure.confluent.cloud:9092
`;

interface HostsOptions extends DeploymentOptions {
  readonly apply?: boolean;
  readonly remove?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly file: string;
  readonly block: string;
  readonly brokers: number;
}

export function addHosts(program: Command): void {
  addJsonOption(addDeploymentOptions(program.command('hosts')))
    .description("the lines of /etc/hosts that lead the clusters' names to the proxy; into the file, and out of it")
    .option('--apply', 'write them into the file')
    .addOption(new Option('--remove', 'take them out of the file').conflicts('apply'))
    .option('--dry-run', 'with --apply or --remove: tell what would change, and change nothing')
    .option('--file <file>', 'the hosts file', '/etc/hosts')
    .option('--brokers <count>', 'how many brokers each cluster has at most', brokers, DEFAULT_BROKERS)
    .option('--block <name>', 'the name in the marks, for several deployments in one file', blockName, 'confluent-dr')
    .addHelpText('after', HELP)
    .action(hosts);
}

async function hosts(options: HostsOptions): Promise<void> {
  const { apply = false, remove = false, dryRun = false, json = false } = options;
  if (dryRun && !apply && !remove) {
    throw new BadInput('received --dry-run alone; give --apply or --remove with it, or neither: that only prints.');
  }
  const told = remove ? { entries: [] } : await namesOf(options);
  const { entries } = told;
  if (!apply && !remove) {
    print(json, told, () => hostLines(entries).join('\n'));
    return;
  }
  const change = await changeHosts({ ...options, lines: remove ? undefined : hostLines(entries) }).catch(refused);
  print(json, { ...told, ...change }, () => hostsText(change, look()));
}

function print(json: boolean, document: DocumentOf<'hosts'>, text: () => string): void {
  if (json) {
    printDocument('hosts', document);
  } else {
    console.log(text());
  }
}

/** A file that is not as it should be, or not for this user, is left alone. */
function refused(error: unknown): never {
  if (error instanceof HostsFileProblem) {
    console.error(`confluent-dr: ${error.message}`);
    throw new Exit(EXIT.refused, error.message);
  }
  throw error;
}

/** All names that can be told, and what cannot, for which no key is needed. */
async function namesOf({
  brokers: count,
  ...options
}: HostsOptions): Promise<Required<Pick<DocumentOf<'hosts'>, 'entries' | 'untold'>>> {
  const known = await readValues(options);
  try {
    const of = checkedValues(known, ['proxyAddress', 'primary.bootstrapEndpoint', 'secondary.bootstrapEndpoint']);
    const members = { primary: endpointsOf('primary', of), secondary: endpointsOf('secondary', of) };
    const untold = ROLES.flatMap((role) => untoldBrokers(members[role]).map((brokers) => ({ role, ...brokers })));
    untold.forEach(({ role, names }) => console.error(names ? cannotList(role, names) : cannotKnow(role)));
    return { entries: hostEntries(of('proxyAddress')!, members, count), untold };
  } catch (error) {
    throw error instanceof UnusableDeployment ? new BadInput(error.message, { cause: error }) : error;
  }
}

const cannotList = (role: Role, names: string): string =>
  `The brokers of the ${role} are not among the lines: their names (${names}) cannot be told ahead. The proxy lets ` +
  'them through; lead them to it by DNS, or list them from the metadata of a client: kcat -L.';

const cannotKnow = (role: Role): string =>
  `The names of the ${role}'s brokers do not follow from its bootstrap host. Give them to the proxy and to this command as ` +
  `brokerHostPatterns (--set ${role}.brokerHostPatterns=…), from the metadata of a client: kcat -L.`;

function endpointsOf(role: Role, of: ValueOf): MemberEndpoints {
  return {
    bootstrapEndpoint: of(`${role}.bootstrapEndpoint`)!,
    restEndpoint: of(`${role}.restEndpoint`),
    schemaRegistryEndpoint: of(`${role}.schemaRegistryEndpoint`),
    brokerHostPatterns: listOf(of(`${role}.brokerHostPatterns`)),
  };
}

const MOST_BROKERS = 1000;

function brokers(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > MOST_BROKERS) {
    throw new InvalidArgumentError(`Allowed is a whole number from 0 to ${MOST_BROKERS}.`);
  }
  return count;
}

function blockName(text: string): string {
  if (!/^[\w.-]+( [\w.-]+)*$/.test(text)) {
    throw new InvalidArgumentError('Allowed are words of letters, digits, dots, underscores and hyphens.');
  }
  return text;
}
