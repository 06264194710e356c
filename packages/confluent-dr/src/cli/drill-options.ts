import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LossTarget } from '../drill/journal';
import { type DrillWords } from '../words/drill-report';
import { CANARY_DEFAULTS } from './canary-run';
import { duration, groupName, rate, topicName } from './options';
import { addToggleOptions, type ToggleOptions, toggleWords } from './toggle-run';

export interface DrillOptions extends ToggleOptions {
  readonly unplanned?: boolean;
  readonly disaster?: boolean;
  readonly journal?: string;
  /** False for `--no-toggle`. */
  readonly toggle?: boolean;
  readonly resume?: boolean;
  /** Milliseconds. */
  readonly drain?: number;
  readonly fixAcls?: boolean;
  readonly discard?: boolean;
  readonly canary?: boolean;
  readonly canaryTopic?: string;
  readonly canaryRate?: number;
  readonly canaryWay?: 'proxy' | 'direct';
  readonly canaryLog?: string;
  readonly canaryGroup?: string;
  /** Milliseconds. */
  readonly clientsLog?: readonly string[];
  readonly targetRto?: number;
  readonly targetRpo?: LossTarget;
}

export function addDrillOptions(command: Command): Command {
  return addToggleOptions(command)
    .option('--unplanned', 'as if the primary were lost: fail over, then discard what only it has')
    .option(
      '--disaster',
      'the primary itself is lost: in a lab by the tool, elsewhere by you, when it asks; unplanned, without the proxy',
    )
    .option('--journal <file>', 'where the journal goes (default: drill-<time>.json)')
    .option('--no-toggle', 'leave the proxy alone: without block and unblock')
    .option('--resume', 'agree beforehand to go on with what an earlier drill left; --yes never does')
    .option('--drain <duration>', 'before a reversal wait so long until clients are quiet: 90s, 5m', duration)
    .option('--fix-acls', 'create ACLs that a reversal lacks')
    .option('--discard', 'with --unplanned: agree beforehand that records which only the primary has are discarded')
    .option('--canary', 'measure what clients see: a producer and a consumer go through it all, as those of canary')
    .option(
      '--canary-topic <name>',
      "its topic, by its name on the primary (default: the deployment's canaryTopic)",
      topicName,
    )
    .option('--canary-rate <count>', `its records a second (default: ${CANARY_DEFAULTS.rate})`, rate)
    .addOption(
      new Option('--canary-way <way>', 'through the proxy or past it (default: proxy, where there is one)').choices([
        'proxy',
        'direct',
      ]),
    )
    .option('--canary-log <file>', 'its raw log, a new file (default: canary-<time>.jsonl)')
    .option('--canary-group <name>', 'its consumer group (default: one of its own)', groupName)
    .option(
      '--clients-log <file...>',
      'what clients of applications log while it goes on; a line of JSON for each record',
    )
    .option(
      '--target-rto <duration>',
      'clients are to work on the secondary so long after the fault: 90s, 5m',
      duration,
    )
    .option(
      '--target-rpo <loss>',
      'so much of what was acknowledged may be lost: 0 or more records, or 5s',
      lossTarget,
    );
}

/** Records, or with a unit a time. */
function lossTarget(text: string): LossTarget {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) {
    return { records: Number(text) };
  }
  if (/^\d+(\.\d+)?[smh]$/.test(text)) {
    return { seconds: duration(text) / 1000 };
  }
  throw new InvalidArgumentError('Allowed is a number of records, such as 0 or 100, or a duration, such as 5s.');
}

export function drillWords(options: DrillOptions): DrillWords {
  const { unplanned, disaster, journal, toggle, drain, timeout, proof } = options;
  const { canary, canaryTopic, canaryRate, canaryWay, canaryGroup, clientsLog, targetRto, targetRpo } = options;
  const toggling =
    toggle === false || disaster ? [] : [...toggleWords(options), ...(proof === false ? ['--no-proof'] : [])];
  return {
    drill: [
      'drill',
      ...(unplanned ? ['--unplanned'] : []),
      ...(disaster ? ['--disaster'] : []),
      ...(toggle === false ? ['--no-toggle'] : []),
      ...toggling,
      ...(drain === undefined ? [] : ['--drain', `${drain / 1000}s`]),
      ...(timeout === undefined ? [] : ['--timeout', `${timeout / 1000}s`]),
      ...(canary ? ['--canary'] : []),
      ...(canaryTopic === undefined ? [] : ['--canary-topic', canaryTopic]),
      ...(canaryRate === undefined ? [] : ['--canary-rate', String(canaryRate)]),
      ...(canaryWay === undefined ? [] : ['--canary-way', canaryWay]),
      ...(canaryGroup === undefined ? [] : ['--canary-group', canaryGroup]),
      ...(clientsLog ?? []).flatMap((file) => ['--clients-log', resolve(file)]),
      ...(targetRto === undefined ? [] : ['--target-rto', `${targetRto / 1000}s`]),
      ...(targetRpo === undefined ? [] : ['--target-rpo', lossWord(targetRpo)]),
      ...(journal === undefined ? [] : ['--journal', resolve(journal)]),
    ],
    toggle: toggling,
  };
}

const lossWord = ({ records, seconds }: LossTarget): string =>
  records === undefined ? `${seconds ?? 0}s` : String(records);
