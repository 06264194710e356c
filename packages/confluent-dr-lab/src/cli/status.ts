import { findLab } from '../background/background-lab';
import { LabApi } from '../background/lab-api';
import { type LabFolder, labFolder, type LabRecord } from '../background/lab-folder';
import { Exit } from './ending';
import { describeFault, faultsOf } from './faults';
import { printDocument } from './json-output';
import { labCommand, type LabOptions } from './running-lab';

/** What runs where: for a person, and as JSON. Keys and secrets are in `lab env` alone. */
export function describeLab(record: LabRecord): string {
  return Object.entries(places(record))
    .map(([name, { id, url }]) => `  ${name.padEnd(20)} ${id.padEnd(14)} ${url}`)
    .join('\n');
}

/** Where the brokers are, as the lab tells it. */
export interface ShownBrokers {
  readonly caFile: string;
  readonly hostsFile: string;
  readonly clusters: Readonly<
    Record<
      string,
      {
        readonly bootstrap: string;
        readonly brokers: readonly { name: string; address: string; port: number; pid?: number }[];
      }
    >
  >;
  readonly link: { readonly pid?: number };
}

/** Undefined of a lab without brokers. */
async function brokersOf({ url, kafka }: LabRecord): Promise<ShownBrokers | undefined> {
  return kafka && ((await new LabApi(url).get('/brokers')) as ShownBrokers);
}

function describeBrokers({ caFile, hostsFile, clusters, link }: ShownBrokers): string {
  const lines = Object.entries(clusters).flatMap(([id, { bootstrap, brokers }]) => [
    `  ${id.padEnd(20)} ${bootstrap}`,
    ...brokers.map(
      ({ name, address, port, pid }) =>
        `    ${name} at ${address}:${port}, ${pid === undefined ? 'not running' : `process ${pid}`}`,
    ),
  ]);
  const links = `  links                ${link.pid === undefined ? 'nothing to copy yet' : `process ${link.pid}`}`;
  return ['Brokers:', ...lines, links, `  CA                   ${caFile}`, `  names (/etc/hosts)   ${hostsFile}`].join(
    '\n',
  );
}

/** What runs on a VM, as the lab tells it. */
export interface ShownProxy {
  readonly machine: string;
  readonly address: string;
  readonly status: {
    readonly front: { readonly running: boolean };
    readonly instances: readonly { readonly name: string; readonly blocked: string; readonly running: boolean }[];
  };
  readonly pids: Readonly<Record<string, number | undefined>>;
  /** Process 1 of a VM that is a machine of its own, and on. */
  readonly firstProcess?: number;
}

/** Undefined of a lab on a machine that lacks something for it. */
async function proxiesOf({ url, proxy }: LabRecord): Promise<ShownProxy[] | undefined> {
  return proxy && ((await new LabApi(url).get('/azure/proxies')) as { proxies: ShownProxy[] }).proxies;
}

/** Where sessions come in: proxies, or the balancers before them. Undefined of a lab on a machine that lacks something. */
export async function entrancesOf({ url, proxy }: LabRecord): Promise<string[] | undefined> {
  return proxy && ((await new LabApi(url).get('/azure/proxies')) as { entrances: string[] }).entrances;
}

export function describeProxies({ proxy }: LabRecord, shown: readonly ShownProxy[]): string {
  const isMachine = proxy?.kind === 'vm';
  const state = (running: boolean, pid?: number): string =>
    isMachine && running ? 'running' : pid === undefined ? 'not running' : `process ${pid}`;
  const ports = proxy?.httpsPort === 443 ? 'ports 9092 and 443' : `ports 9092 and, for 443, ${proxy?.httpsPort}`;
  const lines = shown.flatMap(({ machine, address, status, pids, firstProcess }) => [
    `  ${machine.padEnd(20)} ${address}, ${ports}; ${state(status.front.running, pids.front)}`,
    ...(isMachine
      ? [`    ${firstProcess === undefined ? 'off' : `a shell on it: nsenter -at ${firstProcess} bash`}`]
      : []),
    ...status.instances.map(
      ({ name, blocked, running }) =>
        `    ${name.padEnd(18)} ${blocked === 'none' ? 'let through' : `blocked (${blocked})`}, ${state(running, pids[name])}`,
    ),
  ]);
  return ['Proxies:', ...(lines.length > 0 ? lines : ['  none is deployed'])].join('\n');
}

/** What a rehearsal without a proxy is not. */
export const describeLack = (lack: string): string =>
  `No proxy runs in this lab, and no block of one has an effect: this machine has no ${lack}.`;

export function labAsJson({ path, project }: LabFolder, record: LabRecord): object {
  const { id, pid, startedAt } = record;
  const { proxy, lacksForProxy } = record;
  const ofProxy = { ...(proxy && { proxy }), ...(lacksForProxy !== undefined && { lacks_for_proxy: lacksForProxy }) };
  return { running: true, project, folder: path, id, pid, startedAt, places: places(record), ...ofProxy };
}

interface Place {
  readonly id: string;
  readonly url: string;
}

function places({ url, sample, endpoints }: LabRecord): Record<string, Place> {
  const at = (id: string): Place => ({ id, url: endpoints[id] });
  return {
    'control plane': { id: '', url },
    primary: at(sample.primary.clusterId),
    secondary: at(sample.secondary.clusterId),
    'primary registry': at(sample.primary.registryId),
    'secondary registry': at(sample.secondary.registryId),
  };
}

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
