import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const PARTS = [
  'lib',
  'packages/confluent-dr/src',
  'packages/confluent-dr-lab/src',
  'tools',
  'bench',
  'examples',
  'test',
];

type Imports = ReadonlyMap<string, readonly string[]>;

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));

/** What a file imports of the project, types among it. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(root, dirname(file), fileName))
    .flatMap((path) => [path, `${path}.ts`, join(path, 'index.ts')])
    .filter((path) => existsSync(path) && statSync(path).isFile())
    .map((path) => relative(root, path));
}

/** Files of which each imports the next, and the last the first. */
function circleIn(imports: Imports): string[] | undefined {
  const done = new Set<string>();
  const way: string[] = [];
  const follow = (file: string): string[] | undefined => {
    if (way.includes(file)) {
      return way.slice(way.indexOf(file));
    }
    if (done.has(file)) {
      return undefined;
    }
    way.push(file);
    for (const next of imports.get(file) ?? []) {
      const circle = follow(next);
      if (circle) {
        return circle;
      }
    }
    way.pop();
    done.add(file);
    return undefined;
  };
  return [...imports.keys()].map(follow).find((circle) => circle);
}

test('no files import each other, not even for a type, nor by way of others', () => {
  const imports = new Map(PARTS.flatMap(filesBelow).map((file) => [file, importsOf(file)]));
  expect(imports.get('packages/confluent-dr-lab/src/background/process.ts')).toContain(
    'packages/confluent-dr-lab/src/background/background-lab.ts',
  );
  expect(circleIn(imports)).toBeUndefined();
});

test('a circle is found, whatever leads to it', () => {
  const imports = (third: string) =>
    new Map([
      ['to it', ['first', 'apart']],
      ['apart', []],
      ['first', ['second', 'apart']],
      ['second', ['third']],
      ['third', [third]],
    ]);
  expect(circleIn(imports('first'))).toEqual(['first', 'second', 'third']);
  expect(circleIn(imports('apart'))).toBeUndefined();
});
