/**
 * Builds the three packages: `dist` of the constructs by the compiler, that of the tool as a bundle, and
 * that of the lab file by file. `node tools/build.mjs`. With `--if-changed`, as `prepare` runs it, everything that `npm ci`
 * leaves ready is made, the bindings too, and nothing at all is done where it was made of the sources as they are.
 */
import { build as esbuild } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const TOOL = 'packages/confluent-dr';
const LAB = 'packages/confluent-dr-lab';
const MADE_FROM = 'dist/.made-from';
const GENERATED = ['.gen', `${TOOL}/src/client/kafka-rest-types.ts`];
const MADE = ['dist/lib/index.js', `${TOOL}/dist/main.js`, `${LAB}/dist/index.js`];
const SOURCES = [
  'lib',
  'nginx-templates',
  'tools',
  ...[TOOL, LAB].flatMap((folder) => ['src', 'data', 'package.json'].map((name) => `${folder}/${name}`)),
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

/** One hash of the names and contents of all that is built from. */
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
  const mark = join(root, MADE_FROM);
  return (
    [...GENERATED, ...MADE].every((path) => fs.existsSync(join(root, path))) &&
    fs.existsSync(mark) &&
    fs.readFileSync(mark, 'utf8') === hash
  );
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

function buildConstructs(folder) {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  run(process.execPath, tsc, '--project', 'tsconfig.build.json', '--outDir', folder);
}

/**
 * The client for Kafka. Its own packages ask for a newer Node than it does, so that npm would warn of them where it is installed;
 * on the oldest Node that we support the tests run it.
 */
const KAFKA = { '@platformatic/kafka': 'kafka' };

/** Other large libraries that few commands load, by the names of their bundles: without them the tool starts sooner. */
const APART = {
  '@inquirer/prompts': 'prompts',
  '@observablehq/plot': 'plot',
  linkedom: 'linkedom',
  undici: 'undici',
};

/** Has what imports one of these libraries load its bundle in `folder`, as seen from there. */
const loadedApart = (libraries, folder) => ({
  name: 'loaded apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`^(${Object.keys(libraries).join('|')})$`) }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `${folder}/${libraries[path]}.js`, external: true } : undefined,
    ),
});

const bundleNamesOf = (libraries) =>
  Object.fromEntries(Object.entries(libraries).map(([library, name]) => [name, library]));

/** Bundles each entry with all that it needs, and gives the names of the files that went in. */
async function bundle(entryPoints, outdir, options = { plugins: [loadedApart({ ...APART, ...KAFKA }, '.')] }) {
  const { metafile } = await esbuild({
    absWorkingDir: root,
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    metafile: true,
    logLevel: 'warning',
    ...options,
  });
  return Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
}

const bundleKafka = (outdir) =>
  bundle(bundleNamesOf(KAFKA), outdir, {
    // It takes these where they are installed, and does without them where they are not.
    external: ['@node-rs/crc32', 'protobufjs'],
    alias: { '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  });

/** Packages that are in a bundle come with their names, versions and licenses. */
function writeNotices(inputs, folder) {
  const packages = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const notices = [...packages].sort().map((path) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(join(root, path, 'package.json'), 'utf8'));
    const text = fs.readdirSync(join(root, path)).find((file) => /^licen[cs]e/i.test(file));
    return [
      `${name} ${version} (${license})`,
      ...(text ? [fs.readFileSync(join(root, path, text), 'utf8').trim()] : []),
    ];
  });
  fs.writeFileSync(
    join(folder, 'THIRD-PARTY-NOTICES.txt'),
    notices.map((lines) => `${lines.join('\n\n')}\n`).join(`\n${'-'.repeat(80)}\n\n`),
  );
}

async function buildTool(folder) {
  const tool = await bundle({ main: `${TOOL}/src/cli/main.ts`, ...bundleNamesOf(APART) }, folder);
  writeNotices([...tool, ...(await bundleKafka(folder))], folder);
  fs.cpSync(join(root, 'nginx-templates'), join(folder, 'nginx-templates'), { recursive: true });
  await bundle({ publish: `${TOOL}/src/report/output-schema/publish.ts` }, folder);
  fs.mkdirSync(join(folder, 'output-schema'));
  run(process.execPath, join(folder, 'publish.js'), join(folder, 'output-schema'));
  fs.rmSync(join(folder, 'publish.js'));
}

/** File by file, so that its processes find each other and its packages are those that npm installs, but for the client for Kafka. */
async function buildLab(folder) {
  const source = join(root, LAB, 'src');
  const kafka = 'kafka/client/library';
  writeNotices(await bundleKafka(folder), folder);
  await bundle({ [kafka]: `${LAB}/src/${kafka}.ts` }, folder, { plugins: [loadedApart(KAFKA, '../..')] });
  await esbuild({
    entryPoints: filesBelow(source).filter((file) => file.endsWith('.ts') && file !== join(source, `${kafka}.ts`)),
    outbase: source,
    outdir: folder,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
}

async function build(hash) {
  const aside = fs.mkdtempSync(join(root, '.dist-'));
  process.on('exit', () => fs.rmSync(aside, { recursive: true, force: true }));
  const parts = [
    ['dist', buildConstructs],
    [`${TOOL}/dist`, buildTool],
    [`${LAB}/dist`, buildLab],
  ];
  for (const [target, make] of parts) {
    await make(join(aside, target));
  }
  // Told last, and of no build while its files are being replaced.
  fs.rmSync(join(root, MADE_FROM), { force: true });
  parts.forEach(([target]) => replaceFiles(join(aside, target), join(root, target)));
  fs.writeFileSync(join(root, MADE_FROM), hash);
}

const hash = sourcesHash();
if (!process.argv.includes('--if-changed')) {
  await build(hash);
} else if (!isMadeFrom(hash)) {
  run('npm', 'run', 'bindings');
  await build(hash);
}
