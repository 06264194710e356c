import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Construct } from 'constructs';
import * as library from '../lib';
import { portedReadme } from '../tools/cdktn/port';
import { codeBlocks } from './support/documents/code-blocks';
import { commands, problemOf } from './support/documents/commands';
import { evaluate, examplePrograms, isTestCode, synthesized, typeErrors } from './support/documents/example-programs';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md') && !name.startsWith('api/'))
  .map((name) => join('docs', name));
const examples = readdirSync(join(root, 'examples')).map((name) => join('examples', name, 'README.md'));
const packages = ['confluent-dr', 'confluent-dr-lab'].map((name) => join('packages', name, 'README.md'));
const documents = ['README.md', 'CONTRIBUTING.md', ...packages, ...examples, ...pages].map((name) => {
  const text = read(name);
  const blocks = codeBlocks(text);
  return { name, text, blocks, programs: examplePrograms(name, blocks) };
});

const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

test('the README shows how to use the library in code and at the shell, and is no longer than a newcomer reads', () => {
  const [{ programs, blocks, text }] = documents;
  expect(programs.length).toBeGreaterThan(0);
  expect(commands(blocks).length).toBeGreaterThan(0);
  expect(text.split('\n').length).toBeLessThanOrEqual(200);
});

test('the README shows a report of a drill, in a picture that loads quickly', () => {
  const [{ text }] = documents;
  const [, file] = /^!\[[^\]]+\]\((docs\/report\.jpg)\)$/m.exec(text)!;
  const picture = readFileSync(join(root, file));
  expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  expect(picture.length).toBeLessThanOrEqual(200 * 1024);
});

test('each construct has a page with an example that makes one', () => {
  const constructs = Object.entries(library)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Construct)
    .map(([name]) => name);
  expect(constructs).toContain('ConfluentClusterPair');
  const pageOf = (name: string) =>
    `docs/constructs/${name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.md`;
  const showing = constructs.filter((name) =>
    documents
      .find((document) => document.name === pageOf(name))
      ?.programs.some(({ source }) => source.includes(`new ${name}(`)),
  );
  expect(showing).toEqual(constructs);
});

test('TypeScript of all documents compiles, and what does not is told, where', () => {
  const wrong = `import { TerraformOutput } from 'cdktf';\nnew TerraformOutput(this, 'Greeting', { valeu: 'hello' });`;
  const block = { language: 'ts', code: wrong, line: 7 };
  const programs = [...documents, { programs: examplePrograms('wrong', [block]) }].flatMap((each) => each.programs);
  // Together: the compiler takes its time for each call.
  expect(typeErrors(programs)).toEqual([
    expect.stringMatching(/wrong-line-7.*'valeu' does not exist in type 'TerraformOutputConfig'.*valeu: 'hello'/),
  ]);
});

test('CONTRIBUTING names sources that exist', () => {
  const { text } = documents.find(({ name }) => name === 'CONTRIBUTING.md')!;
  const named = [...text.matchAll(/`([\w.-]+\/[\w/.-]+\.(?:ts|cjs|mjs))`/g)].map(([, file]) => file);
  expect(named).toContain('plan/planner.ts');
  const places = ['', 'packages/confluent-dr/src'];
  expect(named.filter((file) => !places.some((place) => existsSync(join(root, place, file))))).toEqual([]);
});

test('what is packed links to nothing that is not', () => {
  const packed = documents.filter(({ name }) => name === 'README.md' || name.startsWith('docs/'));
  const targets = packed.flatMap(({ name, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)[^)\s]*\)/g)]
      .filter(([, target]) => !/^https?:/.test(target))
      .map(([, target]) => join(dirname(name), target)),
  );
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((target) => !/^(docs\/.*|README\.md|CHANGELOG\.md)$/.test(target))).toEqual([]);
});

/** The links of a page to files and headings that are not there; `textOf` reads a file, and yields nothing where there is none. */
function brokenLinks(name: string, text: string, textOf: (file: string) => string | undefined): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const [path, heading] = target.split('#');
      const found = textOf(path === '' ? name : join(dirname(name), path));
      return found === undefined || (heading !== undefined && !headingsOf(found).includes(heading));
    });
}

test('pages in the package for CDK Terrain link to what is there, too', () => {
  const readme = portedReadme(read('tools/cdktn/README.md'), read('README.md'));
  expect(readme).toContain('npx cdktn deploy --auto-approve');
  expect(readme).not.toContain('<!--');
  const own = pages.filter((name) => !name.startsWith('docs/adr/'));
  const isPacked = (file: string): boolean => own.includes(file) || file.startsWith('docs/api/');
  const textOf = (file: string) => (file === 'README.md' ? readme : isPacked(file) ? read(file) : undefined);
  const broken = ['README.md', ...own].flatMap((name) =>
    brokenLinks(name, textOf(name)!, textOf).map((target) => `${name}: ${target}`),
  );
  expect(broken).toEqual([]);
});

describe.each(documents)('$name', ({ name, text, blocks, programs }) => {
  test('names a language for each block, one that this test knows how to check or that needs none', () => {
    const checked = ['ts', 'bash', 'json'];
    const shown = ['mermaid', 'hcl', 'text', 'diff'];
    const unknown = blocks.filter(({ language }) => ![...checked, ...shown].includes(language));
    expect(unknown.map(({ language, line }) => `line ${line}: '${language}'`)).toEqual([]);
  });

  for (const program of programs) {
    describe(`the program in line ${program.line}`, () => {
      if (isTestCode(program)) {
        // A document's own tests become tests here.
        evaluate(program.source);
      } else {
        test('synthesizes', () => {
          expect(synthesized(program)).not.toEqual([]);
        });
      }
    });
  }

  test('has commands that exist, with options that exist', () => {
    const wrong = commands(blocks)
      .map((command) => ({ command, problem: problemOf(command) }))
      .filter(({ problem }) => problem)
      .map(({ command, problem }) => `line ${command.line}: ${command.words.join(' ')}: ${problem}`);
    expect(wrong).toEqual([]);
  });

  test('has JSON that can be parsed', () => {
    const json = blocks.filter(({ language }) => language === 'json');
    expect(() => json.forEach(({ code }) => JSON.parse(code) as unknown)).not.toThrow();
  });

  test('links to files and headings that exist', () => {
    const textOf = (file: string) => {
      const found = statSync(join(root, file), { throwIfNoEntry: false });
      return found && (found.isFile() ? read(file) : '');
    };
    const broken = brokenLinks(name, text, textOf);
    expect(broken).toEqual([]);
  });
});
