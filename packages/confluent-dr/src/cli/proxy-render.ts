import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { type ProxyFile, renderConvergeScript, renderProxyFiles } from '../proxy/rendering';
import { BadInput } from './exit';
import { printDocument } from './json-output';
import { planOfConfig } from './proxy-config';

const EXAMPLES = `
Example:
  $ cat pair.json
  {
    "clusters": {
      "primary": {
        "bootstrap": "pkc-aaaaa.westeurope.azure.confluent.cloud",
        "hosts": ["psrc-aaaaa.westeurope.azure.confluent.cloud"]
      },
      "secondary": { "bootstrap": "pkc-bbbbb.northeurope.azure.confluent.cloud" }
    }
  }
  $ confluent-dr proxy render --config pair.json --out proxy
  $ scp proxy/converge.sh host: && ssh host sudo bash converge.sh

For an outage of the primary that ends after an hour at the latest, add
  "outage": "reject", "longestOutageSeconds": 3600
to it, render and run again; "blackhole" answers nothing instead of closing.
Without rendering, for this run and until the next one:
  $ sudo OUTAGE_PRIMARY='reject for at most 3600 seconds' bash converge.sh
  $ sudo FENCED_PRIMARY=true FENCED_SECONDARY=false bash converge.sh
`;

/** Names the files that a folder was filled with, and thereby who filled it. */
const LIST = '.confluent-dr-proxy-files';

interface Options {
  readonly config: string;
  readonly out: string;
  readonly json?: boolean;
  readonly force?: boolean;
}

export function addProxyRender(proxy: Command): void {
  proxy
    .command('render')
    .description(
      "write the proxy's files and the script that makes a host the proxy (Ubuntu 22.04 or Debian 12, as root)",
    )
    .requiredOption('--config <file>', 'JSON document of the clusters')
    .requiredOption('--out <folder>', 'where to write')
    .option('--json', 'print what was written as one JSON document')
    .option('--force', 'write into a folder that holds other files')
    .addHelpText('after', EXAMPLES)
    .action(render);
}

function render({ config, out, json, force }: Options): void {
  const plan = planOfConfig(readConfig(config), config);
  const script: ProxyFile = { path: 'converge.sh', mode: '0755', content: renderConvergeScript(plan) };
  const files = [script, ...renderProxyFiles(plan)];
  makeRoom(out, force ?? false);
  files.forEach((file) => write(out, file));
  writeFileSync(join(out, LIST), files.map(({ path }) => `${path}\n`).join(''));
  if (json) {
    printDocument('proxy-render', { out, files: files.map(({ path, mode }) => ({ path, mode })) });
  } else {
    console.log(`Wrote ${files.length} files to ${out}. On the proxy's host, as root: bash converge.sh`);
  }
}

function readConfig(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new BadInput(`the configuration cannot be read: ${(error as Error).message}`);
  }
}

/** Clears what an earlier run wrote, and nothing else. */
function makeRoom(out: string, force: boolean): void {
  mkdirSync(out, { recursive: true });
  const list = join(out, LIST);
  if (existsSync(list)) {
    const written = readFileSync(list, 'utf8').split('\n').filter(Boolean);
    written.forEach((path) => rmSync(join(out, path), { force: true }));
  } else if (!force && readdirSync(out).length > 0) {
    throw new BadInput(
      `${out} holds files that this command did not write: give another folder, or --force to write among them`,
    );
  }
}

function write(out: string, { path, mode, content }: ProxyFile): void {
  const file = join(out, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, parseInt(mode, 8));
}
