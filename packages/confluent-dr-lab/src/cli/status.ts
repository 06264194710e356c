import { findLab } from '../background/background-lab';
import { LabApi } from '../background/lab-api';
import { labFolder } from '../background/lab-folder';
import { Exit } from './ending';
import {
  brokersOf,
  describeBrokers,
  describeLab,
  describeLack,
  describeProxies,
  labAsJson,
  proxiesOf,
} from './describe-lab';
import { describeFault, faultsOf } from './faults';
import { printDocument } from './json-output';
import { labCommand, type LabOptions } from './running-lab';

export async function status({ folder: named, json }: LabOptions): Promise<void> {
  const folder = labFolder(named);
  const lab = await findLab(folder);
  if (lab.kind !== 'running') {
    const news =
      lab.kind === 'none'
        ? `There is no lab ${folder.whose}.`
        : `The process ${lab.record.pid} of the lab ${folder.whose} does not answer. End it: ${labCommand(folder, 'down')}`;
    if (json) {
      printDocument('lab-status', { running: false, stuck: lab.kind === 'stuck' });
    } else {
      console.log(news);
    }
    throw new Exit(1);
  }
  const { record } = lab;
  const faults = await faultsOf(new LabApi(record.url));
  const [brokers, proxies] = await Promise.all([brokersOf(record), proxiesOf(record)]);
  if (json) {
    printDocument('lab-status', {
      ...labAsJson(folder, record),
      ...(brokers && { kafka: brokers }),
      ...(proxies && { proxies }),
      faults,
    });
    return;
  }
  console.log(
    `The lab ${folder.whose} is up since ${record.startedAt} (process ${record.pid}):\n${describeLab(record)}`,
  );
  if (brokers) {
    console.log(`\n${describeBrokers(brokers)}`);
  }
  if (proxies) {
    console.log(`\n${describeProxies(record, proxies)}`);
  } else if (record.lacksForProxy !== undefined) {
    console.log(`\n${describeLack(record.lacksForProxy)}`);
  }
  console.log(
    faults.length === 0
      ? '\nNothing goes wrong.'
      : `\nFaults:\n${faults.map((fault) => `  ${describeFault(fault, record.sample)}`).join('\n')}`,
  );
}
