import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  readonly caFile: string;
  /** Key, certificate and CA in one file, as Kafka wants them. */
  readonly keystoreFile: string;
  readonly ca: string;
  readonly key: string;
  readonly certificate: string;
}

export const REGIONS = ['westeurope', 'northeurope'];

/** A CA of the test's own and one server certificate that covers bootstrap, brokers and registries of both regions. */
export function makeCertificates(folder: string): Certificates {
  const file = (name: string): string => join(folder, name);
  const openssl = (args: string): void => {
    execFileSync('openssl', args.split(' '), { cwd: folder, stdio: 'pipe' });
  };
  const names = REGIONS.map((region) => `DNS:*.${region}.azure.confluent.cloud`).join(',');
  const newKey = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
  openssl(`${newKey} -subj /CN=test-ca -addext keyUsage=critical,keyCertSign -keyout ca.key -out ca.pem`);
  openssl(
    `${newKey} -CA ca.pem -CAkey ca.key -subj /CN=broker -addext subjectAltName=${names} ` +
      '-addext basicConstraints=critical,CA:FALSE -keyout server.key -out server.pem',
  );
  const [ca, key, certificate] = ['ca.pem', 'server.key', 'server.pem'].map((name) => readFileSync(file(name), 'utf8'));
  execFileSync('sh', ['-c', 'cat server.key server.pem ca.pem > keystore.pem'], { cwd: folder });
  return { caFile: file('ca.pem'), keystoreFile: file('keystore.pem'), ca, key, certificate };
}
