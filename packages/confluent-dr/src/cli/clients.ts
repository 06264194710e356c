import { type Command, Option } from 'commander';
import { UnusableDeployment } from '../deployment/deployment';
import { checkedValues } from '../deployment/resolve';
import { ROLES } from '../observe/pair-observation';
import { remarkedSettings } from '../proxy/client-remarks';
import { type Client, CLIENTS, KEY_VARIABLES } from '../proxy/rendering';
import { type DocumentOf } from '../report/output-schema/documents';
import { clientsText } from '../words/clients';
import { BadInput } from './exit';
import { printDocument } from './json-output';
import { addDeploymentOptions, addJsonOption, type DeploymentOptions, SOURCES_HELP } from './options';
import { readValues } from './session';
import { look } from './terminal';

const HELP = `${SOURCES_HELP}
Settings with the bootstrap hosts of both members, so that clients find the active one by themselves: made for a proxy that
lets them in to the active member alone (ClientAccess.activeOnly, cc_active). Only both bootstrap endpoints are needed. No secret
is printed: ${KEY_VARIABLES.key} and ${KEY_VARIABLES.secret} stand for those of the application.

Example:
  $ confluent-dr clients
  $ confluent-dr clients --client java
  $ confluent-dr clients --client librdkafka --json
`;

interface ClientsOptions extends DeploymentOptions {
  readonly client?: Client;
  readonly json?: boolean;
}

export function addClients(program: Command): void {
  addJsonOption(addDeploymentOptions(program.command('clients')))
    .description('settings by which clients find the active member by themselves')
    .addOption(new Option('--client <name>', 'of this client alone (default: all)').choices(CLIENTS))
    .addHelpText('after', HELP)
    .action(clients);
}

async function clients(options: ClientsOptions): Promise<void> {
  const document = await settingsOf(options);
  if (options.json) {
    printDocument('clients', document);
  } else {
    console.log(clientsText(document, look()));
  }
}

async function settingsOf({ client, ...options }: ClientsOptions): Promise<DocumentOf<'clients'>> {
  const known = await readValues(options);
  try {
    const of = checkedValues(known, ['primary.bootstrapEndpoint', 'secondary.bootstrapEndpoint']);
    const bootstrapServers = ROLES.map((role) => of(`${role}.bootstrapEndpoint`)!.replace(/^.*:\/\//, ''));
    const access = ROLES.find((role) => role === of('activeMember'));
    return {
      bootstrapServers,
      ...(access && { access }),
      secrets: Object.values(KEY_VARIABLES),
      clients: (client === undefined ? CLIENTS : [client]).map((each) => {
        const settings = remarkedSettings(each, bootstrapServers);
        return { ...settings, remarks: [...settings.remarks] };
      }),
    };
  } catch (error) {
    throw error instanceof UnusableDeployment ? new BadInput(error.message, { cause: error }) : error;
  }
}
