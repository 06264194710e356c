/**
 * The process of a lab in the background: started by `startInBackground`, ended by a signal. It reports once, over the
 * channel to its parent, and then keeps to itself.
 */
import { existsSync, readFileSync } from 'node:fs';
import { KafkaBrokers } from '../kafka/kafka-brokers';
import { type Lab, startLab } from '../lab';
import { LabProxies } from '../nginx/lab-proxies';
import { ENDING_SIGNALS, endRest, type Instructions, type Report } from './background-lab';
import { LabFolder, type LabRecord, removeRecord, writeRecord } from './lab-folder';
import { appVariables } from './terraform-environment';

async function open(instructions: Instructions): Promise<LabRecord> {
  const folder = new LabFolder(instructions.folder);
  const { port, pace, sample } = instructions;
  // Configurations that leave the key of the cloud to the environment get the lab's.
  let cloudKey = {};
  const environment = (): Record<string, string> => ({ ...cloudKey, ...variablesIn(folder) });
  const { brokers: count } = instructions;
  const brokers =
    count === undefined ? undefined : await KafkaBrokers.prepare({ folder: folder.brokers, brokers: count });
  const machines = instructions.proxy === 'vm';
  const found = await LabProxies.prepare({ folder: folder.proxies, brokers, machines }).catch(async (error: Error) => {
    await brokers?.end();
    throw error;
  });
  if (machines && typeof found === 'string') {
    await brokers?.end();
    throw new Error(`--proxy vm cannot be had: this machine has no ${found}`);
  }
  const proxies = typeof found === 'string' ? undefined : found;
  const lab = await startLab({ folder: folder.path, port, pace, sample, environment, brokers, proxies }).catch(
    async (error: Error) => {
      await proxies?.end();
      await brokers?.end();
      throw error;
    },
  );
  const { key, secret } = lab.cloud.sample!.cloud;
  cloudKey = { CONFLUENT_CLOUD_API_KEY: key, CONFLUENT_CLOUD_API_SECRET: secret };
  const record = recordOf(lab, instructions, { brokers, proxies: found });
  try {
    writeRecord(folder, record);
  } catch (error) {
    await lab.stop();
    throw error;
  }
  endEarly = () =>
    void lab.stop().finally(() => {
      removeRecord(folder);
      process.exit(0);
    });
  return record;
}

interface Parts {
  readonly brokers?: KafkaBrokers;
  /** A text where this machine lacks something. */
  readonly proxies: LabProxies | string;
}

function recordOf(
  { id, cloud, env }: Lab,
  { variables, proxy: kind = 'nginx' }: Instructions,
  { brokers, proxies }: Parts,
): LabRecord {
  const sample = cloud.sample!;
  const ids = [sample.primary, sample.secondary].flatMap(({ clusterId, registryId }) => [clusterId, registryId]);
  return {
    id,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    url: cloud.url,
    reattach: env.TF_REATTACH_PROVIDERS,
    sample,
    endpoints: Object.fromEntries(ids.map((part) => [part, cloud.endpointOf(part)])),
    variables: { ...appVariables(sample), ...variables },
    ...(brokers && { kafka: { caFile: brokers.caFile, hostsFile: brokers.hostsFile } }),
    ...(typeof proxies === 'string'
      ? { lacksForProxy: proxies }
      : { proxy: { kind, caFile: proxies.caFile, httpsPort: proxies.httpsPort } }),
  };
}

function variablesIn({ providerEnvironment }: LabFolder): Record<string, string> {
  return existsSync(providerEnvironment)
    ? (JSON.parse(readFileSync(providerEnvironment, 'utf8')) as Record<string, string>)
    : {};
}

/** What a signal does: until the lab is up, it ends what has been started of it. */
let endEarly = (): void => process.exit(1);
let isEnding = false;
const endOnce = (): void => {
  if (!isEnding) {
    isEnding = true;
    endEarly();
  }
};
ENDING_SIGNALS.forEach((signal) => process.on(signal, endOnce));
/** Who starts a lab waits for its report: nobody would know of one that comes up after them. */
process.once('disconnect', endOnce);
process.once('message', (instructions: Instructions) => {
  const folder = new LabFolder(instructions.folder);
  endEarly = () => void endRest(folder).finally(() => process.exit(1));
  const report = (message: Report, reported: () => void): void => {
    process.removeListener('disconnect', endOnce);
    process.send?.(message, reported);
  };
  open(instructions).then(
    (record) => report({ record }, () => process.disconnect()),
    // Whatever is open yet must not keep a lab that failed.
    (error: Error) => report({ error: error.message }, () => process.exit(1)),
  );
});
