import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Above the sources it is two folders up, above the bundle one. */
const MANIFESTS = ['../package.json', '../../package.json'].map((file) => join(__dirname, file));

/** The version of this package. */
export function toolVersion(): string {
  const [manifest] = MANIFESTS.flatMap((file) => {
    try {
      return [JSON.parse(readFileSync(file, 'utf8')) as { version: string }];
    } catch {
      return [];
    }
  });
  if (!manifest) {
    throw new Error(`no package.json above ${__dirname}: the package is incomplete, install it again`);
  }
  return manifest.version;
}
