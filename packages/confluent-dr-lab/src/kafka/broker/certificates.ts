import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificates {
  readonly caFile: string;
  /** Key, certificate and CA in one file, as Kafka wants them. */
  readonly keystoreFile: string;
}

/**
 * A CA of its own and one server certificate in a folder that is made for them; the private files are their owner's
 * alone. The CA's key is not kept: nobody signs anything else with it.
 *
 * @param names what the server is called, each with one star at most: `*.westeurope.azure.confluent.cloud`
 */
export function makeCertificates(folder: string, names: readonly string[], days = 365): Certificates {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days'];
  const common = [...newKey, String(days), '-addext'];
  openssl(...common, 'keyUsage=critical,keyCertSign', '-subj', '/CN=lab-ca', '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl(
    ...common,
    `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`,
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-CA', 'ca.pem', '-CAkey', 'ca.key'],
    ...['-subj', '/CN=broker', '-keyout', 'server.key', '-out', 'server.pem'],
  );
  const parts = ['server.key', 'server.pem', 'ca.pem'].map((name) => readFileSync(file(name), 'utf8'));
  writeFileSync(file('keystore.pem'), parts.join(''), { mode: 0o600 });
  ['ca.key', 'server.key', 'server.pem'].forEach((name) => rmSync(file(name)));
  chmodSync(file('ca.pem'), 0o644);
  return { caFile: file('ca.pem'), keystoreFile: file('keystore.pem') };
}
