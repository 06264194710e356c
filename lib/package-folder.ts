import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package: above `lib/` in the sources, above `dist/lib/` when installed. */
export function packageFolder(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'nginx-templates')) && existsSync(join(folder, 'package.json'))) {
      return folder;
    }
  }
  throw new Error(`nginx-templates was not found above ${__dirname}: the package is incomplete, install it again`);
}

/** The version of this package. */
export function packageVersion(): string {
  return (JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}
