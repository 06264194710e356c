import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** Chromium of this machine. @throws Error, rather than that tests are skipped, where there is none */
export function openBrowser(): Promise<Browser> {
  // Chromium's own sandbox does not start for root.
  return chromium.launch({ executablePath: findChromium(), chromiumSandbox: process.getuid?.() !== 0 });
}

function findChromium(): string {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  if (found === undefined) {
    throw new Error(
      `This suite looks at the report in a browser, and this machine has no Chromium: none of ${NAMES.join(', ')} ` +
        'is on the PATH. On Debian: apt-get install chromium',
    );
  }
  return found;
}
