/**
 * Makes the package for CDK Terrain, `cdktn-confluent-dr`, of the sources of this one: `npm run cdktn`. It is in `.cdktn/`, with
 * the tests of the constructs, the default app and the examples; `npm pack` there gives the tarball.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { portedCode, portedManifest, portedPage, portedReadme } from './port';

const root = join(__dirname, '../..');
const target = join(root, '.cdktn');
const CODE = ['lib', '.gen', 'examples', 'test', 'main.ts'];
const AS_THEY_ARE = [
  'nginx-templates',
  'tsconfig.json',
  'tsconfig.build.json',
  'tools/runtime',
  'LICENSE',
  'CHANGELOG.md',
];
/** The page that tells of CDKTF and CDK Terrain. */
const ABOUT_BOTH = 'docs/cdk-terrain.md';
/** Tests of this repository, its documents and its tools, not of the constructs. */
const NOT_OF_THE_CONSTRUCTS = /^test\/(e2e|docs|tools|support\/documents|documents\.test\.ts)(\/|$)/;

function filesBelow(path: string): string[] {
  const found = join(root, path);
  return statSync(found).isDirectory() ? readdirSync(found).flatMap((name) => filesBelow(join(path, name))) : [path];
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

function write(file: string, text: string): void {
  mkdirSync(dirname(join(target, file)), { recursive: true });
  writeFileSync(join(target, file), text);
}

function run(command: string, ...words: readonly string[]): void {
  const { status, error } = spawnSync(command, words, { cwd: target, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error || status !== 0) {
    throw new Error(`${[command, ...words].join(' ')} failed: ${error ? error.message : `exit code ${status}`}.`);
  }
}

/** What was made before goes, but for what is installed. */
function clear(): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(target).filter((each) => each !== 'node_modules')) {
    rmSync(join(target, name), { recursive: true });
  }
}

function writeSources(): void {
  for (const file of CODE.flatMap(filesBelow).filter((name) => !NOT_OF_THE_CONSTRUCTS.test(name))) {
    write(file, portedCode(read(file)));
  }
  for (const file of filesBelow('docs').filter((name) => name.endsWith('.md') && !name.startsWith('docs/adr/'))) {
    write(file, file === ABOUT_BOTH ? read(file) : portedPage(read(file)));
  }
  for (const file of AS_THEY_ARE) {
    cpSync(join(root, file), join(target, file), { recursive: true });
  }
  cpSync(join(root, 'tools/cdktn/jest.config.json'), join(target, 'jest.config.json'));
  // The tool and the lab are the same for both.
  symlinkSync(join(root, 'packages'), join(target, 'packages'));
}

function writeManifest(): void {
  const [manifest, differences] = ['package.json', 'tools/cdktn/manifest.json'].map(
    (file) => JSON.parse(read(file)) as Record<string, unknown>,
  );
  write('package.json', `${JSON.stringify(portedManifest(manifest, differences), undefined, 2)}\n`);
}

clear();
writeSources();
write('README.md', portedReadme(read('tools/cdktn/README.md'), read('README.md')));
writeManifest();
run('npm', 'install', '--no-package-lock', '--prefer-offline', '--no-audit', '--no-fund');
run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '--project', 'tsconfig.build.json');
