import { type Journal } from '../drill/journal';
import { type ClientRecovery } from '../drill/clients';
import { missedTargets } from '../drill/targets';
import { type Recovery, type Traffic } from '../drill/traffic';
import { recordsInWords } from './refusals';

const FAULT_WORDS = {
  proxy: 'the proxy cut clients off',
  disaster: 'the primary was lost',
  'switch-over': 'the failover was begun',
} as const;

/** What clients saw of a drill, by the canary beside it, against the targets; a line each. */
export function trafficLines({ traffic, targets }: Pick<Journal, 'traffic' | 'targets'>): string[] {
  if (traffic === undefined) {
    return [];
  }
  const missed = missedTargets({ traffic, targets });
  const against = (target: 'rto' | 'rpo', limit: string | undefined): string =>
    limit === undefined
      ? ''
      : missed.includes(target)
        ? ` The target of ${limit} is missed.`
        : ` Within the target of ${limit}.`;
  return [
    `RTO: ${recoveryText(traffic)}${against('rto', targets.rto === undefined ? undefined : `${targets.rto} s`)}`,
    `RPO: ${lossText(traffic)}${against('rpo', lossLimit(targets.rpo))}`,
    ...(traffic.failback ? [`Way back: ${pauseText(traffic.failback)}`] : []),
    sumText(traffic),
  ];
}

/** What clients of applications saw, a line each. */
export function clientLines({ clients }: Pick<Journal, 'clients'>): string[] {
  return (clients?.seen ?? []).map(({ client, version, failover, failback }) => {
    const ways = [
      ...(failover ? [`${clientText(failover, FAULT_WORDS[failover.fault.kind])} on the secondary`] : []),
      ...(failback ? [`${clientText(failback, 'the failback was begun')} on the primary again`] : []),
    ];
    return `${client} ${version}: ${ways.length > 0 ? ways.join('; ') : 'nothing of it was logged before the failover'}.`;
  });
}

function clientText(
  { acknowledged_after: acknowledged, consumed_after: consumed }: ClientRecovery,
  fault: string,
): string {
  const after = (count: number | undefined): string => (count === undefined ? 'never' : `after ${seconds(count)}`);
  return `from when ${fault}, acknowledged ${after(acknowledged)} and consumed ${after(consumed)}`;
}

const seconds = (count: number): string => `${count.toFixed(1)} s`;

function recoveryText({ failover: recovery, sum, untimed }: Traffic): string {
  if (recovery === undefined) {
    return sum === undefined
      ? 'not measured: the canary did not come to its end.'
      : untimed
        ? 'not measured, as the clock was put back meanwhile.'
        : 'not measured, as clients did not move to the secondary by this run.';
  }
  const { fault, rto, parts, acknowledged_after: acknowledged, consumed_after: consumed } = recovery;
  if (rto === undefined || parts === undefined) {
    const never = [
      ...(acknowledged === undefined ? ['acknowledged'] : []),
      ...(consumed === undefined ? ['consumed'] : []),
    ];
    return `not reached: nothing was ${never.join(' or ')} on the secondary.`;
  }
  const words = [
    ['noticed', parts.noticed],
    ['decided', parts.decided],
    ['mirrors turned', parts.mirrors_turned],
    ['clients back', parts.clients_back],
    ['anything else', parts.other],
  ] as const;
  const made = words.filter(([, part]) => part >= 0.05).map(([name, part]) => `${name} ${seconds(part)}`);
  return `${seconds(rto)} from when ${FAULT_WORDS[fault.kind]} until records were acknowledged and consumed on the secondary${made.length > 0 ? ` (${made.join(', ')})` : ''}.`;
}

function lossText({ loss, sum }: Traffic): string {
  if (loss === undefined) {
    return sum === undefined
      ? 'not measured: the canary did not come to its end.'
      : 'not measured: not all could be read back.';
  }
  const of = sum === undefined ? '' : ` of ${recordsInWords(sum.tally.acknowledged)} acknowledged`;
  const before =
    loss.records > 0 && loss.seconds !== undefined ? `, the first ${seconds(loss.seconds)} before the fault` : '';
  return `${recordsInWords(loss.records)}${of} missing in the end${before}.`;
}

const lossLimit = (target: Journal['targets']['rpo']): string | undefined =>
  target && (target.records === undefined ? `${target.seconds ?? 0} s` : recordsInWords(target.records));

function pauseText({ pause, rto }: Recovery): string {
  const { acknowledged, consumed } = pause;
  if (rto === undefined || acknowledged === undefined || consumed === undefined) {
    return 'clients were not seen to work on the primary again.';
  }
  return `nothing was acknowledged for ${seconds(acknowledged)}, and nothing consumed for ${seconds(consumed)}.`;
}

function sumText({ sum, log, topic }: Traffic): string {
  const file = `The canary's raw log is in ${log.path}${log.sha256 === undefined ? '' : `, SHA-256 ${log.sha256}`}.`;
  if (sum?.found === undefined) {
    return file;
  }
  const { twice, outOfOrder } = sum.found;
  return `${topic}: twice ${twice}, out of order ${outOfOrder}, acknowledged and not consumed ${sum.tally.notConsumed}. ${file}`;
}
