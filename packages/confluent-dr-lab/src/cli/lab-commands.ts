import { Command, InvalidArgumentError, Option, type OptionValues } from 'commander';
import { type ProxyKind } from '../background/lab-folder';
import { events, produce } from './events';
import { env, exec } from './exec';
import { addFault, clearFaults, listFaults } from './faults';
import { status } from './status';
import { type Cdk, down, up } from './up';

const HELP = `
A lab is a small Confluent Cloud and a small Azure on this machine, and Terraform's providers for both. It needs no
account, no root and no network, and listens on loopback only. Each project (the nearest folder with a cdktf.json, or the
current one) has a lab of its own; --folder names another.

Example:
  $ confluent-dr lab up
  $ confluent-dr lab exec -- npx cdktf deploy --auto-approve
  $ confluent-dr lab fault add refused primary
  $ confluent-dr lab exec -- npx cdktf diff
  $ confluent-dr lab fault clear
  $ confluent-dr lab exec -- npx cdktf destroy --auto-approve
  $ confluent-dr lab down
`;

/** The folder of the lab that a command is about. */
const folderOption = (): Option =>
  new Option(
    '--folder <folder>',
    "the lab's folder (default: of the project of the current folder, below $XDG_STATE_HOME or ~/.local/state)",
  ).env('CONFLUENT_DR_LAB');

const jsonOption = (): Option => new Option('--json', 'print one JSON document');

/**
 * Everything below `confluent-dr lab`.
 *
 * @param cdk the command that deploys in the current project
 */
export function labCommands(cdk: Cdk = 'cdktf'): Command {
  const lab = new Command('confluent-dr lab').description(
    'a Confluent Cloud and an Azure to rehearse with, on this machine',
  );
  // So that the options of a command after `exec --` are left to it.
  lab
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the options and examples)')
    .addHelpText('after', HELP);
  addLifeCycle(lab, cdk);
  addUse(lab);
  addFaults(lab.command('fault').description('what goes wrong in the lab'));
  return lab;
}

function addLifeCycle(lab: Command, cdk: Cdk): void {
  lab
    .command('up')
    .description('start the lab in the background')
    .addOption(folderOption())
    .addOption(jsonOption())
    .option('--port <port>', 'of the control plane (default: any that is free)', port)
    .option('--var-file <file>', 'a tfvars file of the default app: its environments, clusters and account are made')
    .option('--kafka', 'give each cluster brokers of Apache Kafka, which Maven fetches once (needs Java 17)')
    .option('--brokers <count>', 'of each cluster, with --kafka: 1 to 3 (default: 1)', brokers)
    .option(
      '--proxy <kind>',
      "what a VM is: nginx, this machine's with the files of the script, or vm, a Debian of its own with systemd on which " +
        'the script is run as it is (needs root and mmdebstrap) (default: nginx)',
      proxyKind,
    )
    .option('--pace <factor>', "of the providers' waits; 1 is that of the real ones", factor, 0.01)
    .action((options: OptionValues) => up({ ...options, cdk }));
  lab
    .command('down')
    .description('end the lab and remove what it wrote')
    .addOption(folderOption())
    .addOption(jsonOption())
    .option('--keep', 'keep the clouds: the next lab of this folder goes on with them')
    .action((options: OptionValues) => down(options));
  lab
    .command('status')
    .description('what runs where, and which faults there are; exit code 1 if no lab runs')
    .addOption(folderOption())
    .addOption(jsonOption())
    .action((options: OptionValues) => status(options));
}

function addUse(lab: Command): void {
  lab
    .command('exec')
    .description('run cdktf or terraform with the lab as its cloud, with a state of its own and no credentials')
    .argument('<command...>', 'the command, after --')
    .addOption(folderOption())
    .passThroughOptions()
    .addHelpText('after', EXEC)
    .action((command: string[], options: OptionValues) => exec(command, options));
  lab
    .command('env')
    .description('the variables that exec sets, for a shell: eval "$(confluent-dr lab env)"')
    .addOption(folderOption())
    .addOption(jsonOption())
    .action((options: OptionValues) => env(options));
  lab
    .command('events')
    .description('who called what, and how it went; the newest last')
    .addOption(folderOption())
    .addOption(jsonOption())
    .option('--target <target>', 'primary, secondary, their registries, or control-plane (default: all)')
    .option('--last <count>', 'how many', count, 50)
    .action((options: OptionValues) => events(options));
  lab
    .command('produce')
    .description('write records to a topic')
    .argument('<member>', 'primary or secondary')
    .argument('<topic>', 'its name')
    .addOption(folderOption())
    .addOption(jsonOption())
    .option('--count <count>', 'how many', count, 1)
    .action((member: string, topic: string, options: OptionValues) => produce(member, topic, options));
}

const EXEC = `
In a lab with brokers the names of the clusters lead to the lab's proxy for the command alone, or to the brokers where none is
deployed yet: it has an /etc/hosts of its own, where the system permits that (unshare).

Example:
  $ confluent-dr lab exec -- npx cdktf deploy
  $ confluent-dr lab exec -- kcat -F kcat.conf -b pkc-11111.westeurope.azure.confluent.cloud:9092 -L
`;

const FAULTS = `
Kinds, on the wire:
  refused, hanging, unavailable    the target is gone: connections are refused, never answered, or answered with 503
  slow, throttled, cut             answers are late, are 429, or break off in the middle
Kinds, in the cloud:
  mirror-refused, mirror-stuck, mirror-failed, replication-held    of mirror topics on the target
  task-stuck                       of the links that end on the target: a task is in error and does nothing
  exporter-error                   of the target's exporters
  run-command                      the script on the proxy's VM fails; it has no target

Targets are primary, secondary, primary-registry, secondary-registry, control-plane, and any lkc-… or lsrc-….

Example:
  $ confluent-dr lab fault add unavailable primary
  $ confluent-dr lab fault add mirror-stuck secondary --topic active-passive-a
  $ confluent-dr lab fault add run-command --message 'exit code 4'
  $ confluent-dr lab fault list
  $ confluent-dr lab fault clear
`;

function addFaults(fault: Command): void {
  fault.addHelpText('after', FAULTS);
  fault
    .command('add')
    .description('let something go wrong, until it is cleared')
    .argument('<kind>', 'see above')
    .argument('[target]', 'whom it meets')
    .addOption(folderOption())
    .addOption(jsonOption())
    .option('--topic <topic>', 'only this one (default: every)')
    .option(
      '--task <task>',
      "of task-stuck, a link's: AclSync, AutoCreateMirror, ConsumerOffsetSync, TopicConfigsSync (default: every)",
    )
    .option('--method <method>', 'only requests of this method')
    .option('--path <path>', 'only requests with this in their path')
    .option('--times <count>', 'only so many requests', times)
    .option('--delay-ms <ms>', 'of slow', delay)
    .option('--retry-after <seconds>', 'of throttled', count)
    .option('--message <text>', 'of mirror-refused and run-command')
    .addHelpText('after', FAULTS)
    .action((kind: string, target: string | undefined, options: OptionValues) => addFault(kind, target, options));
  fault
    .command('list')
    .description('what goes wrong now')
    .addOption(folderOption())
    .addOption(jsonOption())
    .action((options: OptionValues) => listFaults(options));
  fault
    .command('clear')
    .description('let everything go right again, or one fault only')
    .argument('[id]', 'of the fault')
    .addOption(folderOption())
    .addOption(jsonOption())
    .action((id: string | undefined, options: OptionValues) => clearFaults(id, options));
}

function port(text: string): number {
  return wholeNumber(text, 1, 65_535);
}

function brokers(text: string): number {
  return wholeNumber(text, 1, 3);
}

function proxyKind(text: string): ProxyKind {
  if (text !== 'nginx' && text !== 'vm') {
    throw new InvalidArgumentError('Allowed is nginx or vm.');
  }
  return text;
}

/** What the lab takes of counts and times. */
const MOST = 2_147_483_647;

function count(text: string): number {
  return wholeNumber(text, 0, MOST);
}

function times(text: string): number {
  return wholeNumber(text, 1, MOST);
}

/** A timer takes no more, and would end at once. */
function delay(text: string): number {
  return wholeNumber(text, 0, MOST);
}

function wholeNumber(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new InvalidArgumentError(`Allowed is a whole number from ${least} to ${most}.`);
  }
  return value;
}

function factor(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('Allowed is a number from 0 to 1.');
  }
  return value;
}
