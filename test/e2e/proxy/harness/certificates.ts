import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority of the tests' own. */
export class TestAuthority {
  readonly certificate: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'proxy-ca-'));

  constructor() {
    this.openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      ...['-subj', '/CN=test authority', '-keyout', 'ca.key', '-out', 'ca.pem'],
    );
    this.certificate = readFileSync(join(this.folder, 'ca.pem'), 'utf8');
  }

  issue(names: readonly string[]): Certificate {
    writeFileSync(join(this.folder, 'names'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`);
    this.openssl(
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-subj',
      '/CN=broker',
      '-keyout',
      'key',
      '-out',
      'csr',
    );
    this.openssl(
      'x509',
      '-req',
      '-in',
      'csr',
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-days',
      '2',
      '-extfile',
      'names',
      '-out',
      'cert',
    );
    return {
      key: readFileSync(join(this.folder, 'key'), 'utf8'),
      cert: readFileSync(join(this.folder, 'cert'), 'utf8'),
    };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private openssl(...words: string[]): void {
    execFileSync('openssl', words, { cwd: this.folder, stdio: 'pipe' });
  }
}
