import { readFileSync } from 'node:fs';
import { type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { type Deployment, isLab } from '../deployment/deployment';
import { type CheckOptions, checkPair, type LabWays } from '../probe/check-pair';
import { BadInput } from './exit';

const HOSTS = 'CONFLUENT_DR_KAFKA_HOSTS';
const CA = 'CONFLUENT_DR_KAFKA_CA';
const HTTPS_PORT = 'CONFLUENT_DR_PROXY_HTTPS_PORT';

/** Brokers whose names no DNS knows, as those of a lab: `lab exec` names the files in the environment. */
export interface NamedBrokers {
  /** Of the names in the file; others are asked for elsewhere. */
  readonly lookup: (elsewhere: LookupFunction) => LookupFunction;
  /** Authorities to trust, in PEM: those of Node.js and the brokers' own. */
  readonly ca: readonly string[];
}

/**
 * @returns undefined where the environment names none
 * @throws BadInput for a file that cannot be read
 */
export function namedBrokers(env: NodeJS.ProcessEnv): NamedBrokers | undefined {
  const { [HOSTS]: hostsFile, [CA]: caFile } = env;
  if (!hostsFile && !caFile) {
    return undefined;
  }
  const addresses = hostsFile ? addressesIn(contentOf(HOSTS, hostsFile)) : new Map<string, string>();
  return {
    lookup: (elsewhere) => (host, options, callback) => {
      const address = addresses.get(host.toLowerCase());
      if (address === undefined) {
        elsewhere(host, options, callback);
      } else {
        alwaysAt(address)(host, options, callback);
      }
    },
    ca: caFile ? [...rootCertificates, contentOf(CA, caFile)] : rootCertificates,
  };
}

/**
 * How the clusters of a lab are reached by their names, by the environment of `lab exec`.
 *
 * @returns undefined of a deployment that is in no lab, or in one that names nothing
 * @throws BadInput for a file that cannot be read, or a port that is none
 */
export function labWays(deployment: Pick<Deployment, 'members'>, env: NodeJS.ProcessEnv): LabWays | undefined {
  const { [HOSTS]: hostsFile, [CA]: caFile, [HTTPS_PORT]: port } = env;
  if (!caFile || !isLab(deployment)) {
    return undefined;
  }
  if (port && !/^[1-9]\d{0,4}$/.test(port)) {
    throw new BadInput(
      `${HTTPS_PORT} is ${JSON.stringify(port)}; allowed is a port, as lab env sets it. Unset it outside of a lab.`,
    );
  }
  const addresses = hostsFile ? addressesIn(contentOf(HOSTS, hostsFile)) : new Map<string, string>();
  return {
    trusted: [...rootCertificates, contentOf(CA, caFile)].join('\n'),
    addressOfBroker: (host) => addresses.get(host.toLowerCase()),
    ...(port && { httpsPort: Number(port) }),
  };
}

/**
 * Checks a deployment as it is reached from here: in a lab, by the environment of `lab exec`, which is read once.
 *
 * @throws BadInput as `labWays` does
 */
export function pairChecker(
  deployment: Deployment,
): (options: Omit<CheckOptions, 'lab'>) => ReturnType<typeof checkPair> {
  const lab = labWays(deployment, process.env);
  return (options) => checkPair(deployment, { ...options, lab });
}

/** Answers every name with this address. */
export const alwaysAt =
  (address: string): LookupFunction =>
  (_host, options, callback) => {
    const family = address.includes(':') ? 6 : 4;
    if (options.all) {
      callback(null, [{ address, family }]);
    } else {
      callback(null, address, family);
    }
  };

function contentOf(variable: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadInput(
      `${variable} names ${file}, which cannot be read: ${(error as Error).message}. ` +
        'Is the lab still up? Begin its environment anew, or unset the variable.',
      { cause: error },
    );
  }
}

/** A file in the form of `/etc/hosts`. */
function addressesIn(text: string): Map<string, string> {
  return new Map(
    text.split('\n').flatMap((line) => {
      const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
      return names.map((name): [string, string] => [name.toLowerCase(), address]);
    }),
  );
}
