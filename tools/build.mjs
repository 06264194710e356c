/**
 * Builds `dist`: `node tools/build.mjs`. With `--if-changed`, as `prepare` runs it, everything that `npm ci` leaves ready
 * is made, the bindings too, and nothing at all is done where it was made of the sources as they are: `npx confluent-dr`
 * in a clone runs `prepare` before the tool, once for every new cache of npm.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const MADE_FROM = '.made-from';
const GENERATED = ['.gen', 'lib/runbook/client/kafka-rest-types.ts'];
const SOURCES = [
  'lib',
  'tools',
  'package.json',
  'package-lock.json',
  'cdktf.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

function filesBelow(path) {
  if (!fs.existsSync(path)) {
    return [];
  }
  return fs.statSync(path).isDirectory()
    ? fs
        .readdirSync(path)
        .sort()
        .flatMap((name) => filesBelow(join(path, name)))
    : [path];
}

/** One hash of the names and contents of all that `dist` is made from. */
function sourcesHash() {
  const hash = createHash('sha256');
  const generated = GENERATED.map((path) => join(root, path));
  for (const file of SOURCES.flatMap((path) => filesBelow(join(root, path)))) {
    if (!generated.includes(file)) {
      const content = fs.readFileSync(file);
      hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

function isMadeFrom(hash) {
  const told = join(dist, MADE_FROM);
  const needed = [...GENERATED.map((path) => join(root, path)), join(dist, 'lib/cli/main.js')];
  return needed.every((path) => fs.existsSync(path)) && fs.existsSync(told) && fs.readFileSync(told, 'utf8') === hash;
}

function run(command, ...words) {
  const { status, error } = spawnSync(command, words, { cwd: root, stdio: 'inherit' });
  if (error || status !== 0) {
    console.error(`${[command, ...words].join(' ')} failed: ${error ? error.message : `exit code ${status}`}.`);
    process.exit(1);
  }
}

/** Makes `target` what `source` is, file by file: a tool that runs from it meanwhile misses none. */
function replaceFiles(source, target) {
  const files = filesBelow(source).map((file) => relative(source, file));
  for (const file of files) {
    const [from, to] = [join(source, file), join(target, file)];
    if (!fs.existsSync(to) || !fs.readFileSync(from).equals(fs.readFileSync(to))) {
      fs.mkdirSync(dirname(to), { recursive: true });
      fs.renameSync(from, to);
    }
  }
  const wanted = new Set(files);
  for (const file of filesBelow(target).filter((path) => !wanted.has(relative(target, path)))) {
    fs.rmSync(file);
  }
}

function build(hash) {
  const aside = fs.mkdtempSync(join(root, '.dist-'));
  process.on('exit', () => fs.rmSync(aside, { recursive: true, force: true }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  run(process.execPath, tsc, '--project', 'tsconfig.build.json', '--outDir', aside);
  const terraform = 'lib/lab/terraform';
  fs.cpSync(join(root, terraform, 'schemas'), join(aside, terraform, 'schemas'), { recursive: true });
  for (const name of fs.readdirSync(join(root, terraform, 'protocol')).filter((file) => file.endsWith('.proto'))) {
    fs.copyFileSync(join(root, terraform, 'protocol', name), join(aside, terraform, 'protocol', name));
  }
  run(process.execPath, join(aside, 'lib/runbook/output-schema/publish.js'));
  fs.chmodSync(join(aside, 'lib/cli/main.js'), 0o755);
  // Told last, and of no build while its files are being replaced.
  fs.rmSync(join(dist, MADE_FROM), { force: true });
  replaceFiles(aside, dist);
  fs.writeFileSync(join(dist, MADE_FROM), hash);
}

const hash = sourcesHash();
if (!process.argv.includes('--if-changed')) {
  build(hash);
} else if (!isMadeFrom(hash)) {
  run('npm', 'run', 'bindings');
  build(hash);
}
