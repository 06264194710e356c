import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks } from './support/readme/code-blocks';
import { commands, problemOf } from './support/readme/commands';
import { evaluate, examplePrograms, isTestCode, synthesized, typeErrors } from './support/readme/example-programs';

const root = join(__dirname, '..');
const file = join(root, 'README.md');
const readme = existsSync(file) ? readFileSync(file, 'utf8') : '';
const blocks = codeBlocks(readme);
const programs = examplePrograms(blocks);

describe('README.md', () => {
  test('shows how to use the library in code and at the shell', () => {
    expect(programs.length).toBeGreaterThan(0);
    expect(commands(blocks).length).toBeGreaterThan(0);
  });

  test('names a language for each block, one that this test knows how to check or that needs none', () => {
    const checked = ['ts', 'bash', 'json'];
    const shown = ['mermaid', 'hcl', 'text', 'diff'];
    const unknown = blocks.filter(({ language }) => ![...checked, ...shown].includes(language));
    expect(unknown.map(({ language, line }) => `line ${line}: '${language}'`)).toEqual([]);
  });

  test('has TypeScript that compiles', () => {
    expect(typeErrors(programs)).toEqual([]);
  });

  for (const program of programs) {
    describe(`the program in line ${program.line}`, () => {
      if (isTestCode(program)) {
        // The README's own tests become tests here.
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
    const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
    const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
    const broken = targets
      .filter((target) => !/^https?:/.test(target))
      .filter((target) =>
        target.startsWith('#')
          ? !headings.includes(target.slice(1))
          : !existsSync(join(root, target.replace(/#.*/, ''))),
      );
    expect(broken).toEqual([]);
  });
});
