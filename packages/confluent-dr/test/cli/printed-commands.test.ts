import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as ts from 'typescript';
import { commands, problemOf } from '../../../../test/support/documents/commands';
import { commands as toolCommands } from '../../src/cli/commands';
import { commandFor, type Deployment } from '../../src/deployment/deployment';
import { type Journal } from '../../src/drill/journal';
import { experimentOf, phasesOf } from '../../src/drill/phases';
import { Recorder } from '../../src/drill/recorder';
import { type Ending } from '../../src/execute/operation-run';
import { experimentInWords, journalNoteInWords } from '../../src/words/drill';
import { drillText, phasesText } from '../../src/words/drill-report';
import { lagText } from '../../src/words/lag';
import { endingText } from '../../src/words/operation';
import { PLAIN } from '../../src/words/text-style';
import { toggleText } from '../../src/words/toggle';

const root = join(__dirname, '../../../..');

/** A name of the tool with one of its commands behind it: what somebody would copy. */
const NAMED = new RegExp(
  `confluent-dr (${toolCommands()
    .commands.map((command) => command.name())
    .join('|')})\\b`,
);

/** Not for a shell: a name in a report, and what goes before a command that somebody typed already. */
const NO_COMMANDS = ['<testsuite name="confluent-dr ready"', 'with `npx confluent-dr lab exec --` before it'];

/** Texts of a file, apart from those of a help and of a description in a schema. */
function textsOf(file: string): string[] {
  const texts: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const look = (node: ts.Node): void => {
    const isHelp = ts.isVariableDeclaration(node) && /HELP$/.test(node.name.getText());
    if (node !== source && (isHelp || isArgumentOfHelp(node))) {
      return;
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      texts.push(node.getText());
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return texts;
}

/** What is given to `addHelpText` and to zod's `describe`. */
function isArgumentOfHelp(node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isCallExpression(parent) &&
    parent.expression !== node &&
    ts.isPropertyAccessExpression(parent.expression) &&
    ['addHelpText', 'describe'].includes(parent.expression.name.text)
  );
}

const isBare = (text: string): boolean => NAMED.test(text) && !NO_COMMANDS.some((known) => text.includes(known));

describe('commands that are printed', () => {
  test('are made by one function, wherever there are texts', () => {
    const folder = join(root, 'packages/confluent-dr/src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/(deployment\/deployment|proxy-render)\.ts$/.test(name))
      .map((name) => join(folder, name));
    expect(files.length).toBeGreaterThan(120);
    const bare = files.flatMap((file) =>
      textsOf(file)
        .filter(isBare)
        .map((text) => `${relative(root, file)}: ${text}`),
    );
    expect(bare).toEqual([]);
  });

  const member = (clusterId: string) => ({
    clusterId,
    restEndpoint: 'https://pkc-1.example',
    bootstrapEndpoint: 'b:1',
  });
  const place = {
    members: { primary: member('lkc-1'), secondary: member('lkc-2') },
    workplace: { options: ['--outputs', '/srv/the pair/outputs.json'], resolver: 'machine' },
  } as unknown as Deployment;
  const look = { width: 40, paint: PLAIN };

  const endings: Partial<Ending>[] = [
    { kind: 'done', plan: { target: 'secondary', done: [], refusals: [] } as never },
    { kind: 'done' },
    { kind: 'refused', plan: { target: 'primary', done: [], refusals: [{ code: 'acls-missing', acls: [] }] } as never },
    { kind: 'declined' },
    { kind: 'interrupted' },
    { kind: 'time-limit' },
    { kind: 'hindered' },
  ];
  const journal = (): Journal => {
    const request = { unplanned: true, toggle: true };
    const made = new Recorder({
      experiment: experimentOf(request, experimentInWords(request, 'one and two')),
      version: '1',
      inWords: journalNoteInWords,
      targets: { lost: 0, lag: 30 },
      write: () => undefined,
    }).journal;
    const run = phasesOf(request).map(({ activity }) => ({ activity, status: 'failed', output: { states: [] } }));
    return { ...made, status: 'aborted', run: run as never };
  };
  const renderings: [string, () => string][] = [
    ...endings.map((ending): [string, () => string] => [
      `the ending ${ending.kind}`,
      () =>
        endingText(
          { attempts: [], obstacles: [], lost: [], discarded: [], ...ending } as never,
          place,
          look,
          undefined,
          ['failover', '--topics', 'a,b'],
        ),
    ]),
    [
      'a drill',
      () =>
        drillText(
          {
            journal: journal(),
            file: 'drill.json',
            deployment: place,
            words: { drill: ['drill', '--unplanned'], toggle: ['--with', 'terraform'] },
          },
          look,
        ),
    ],
    ['a drill that would be', () => phasesText(phasesOf({ unplanned: false, toggle: true }), place)],
    ['a block', () => toggleText({ blocked: true }, { kind: 'contradicted', findings: [] }, place, look)],
    [
      'a lag',
      () =>
        lagText({ topics: [], groups: [], untold: [{ code: 'member-silent', next: ['check'] }] }, true, place, look),
    ],
  ];

  test.each(renderings)('are whole lines for this deployment alone, with options that exist: %s', (_, render) => {
    const lines = render()
      .split('\n')
      .filter((line) => line.includes('confluent-dr'));
    expect(lines).not.toEqual([]);
    expect(
      lines.filter(
        (line) => !/npx confluent-dr .* --outputs '\/srv\/the pair\/outputs.json' --resolver machine$/.test(line),
      ),
    ).toEqual([]);
    const code = lines.map((line) => line.slice(line.indexOf('npx'))).join('\n');
    expect(commands([{ language: 'console', code, line: 0 }]).map(problemOf)).toEqual(lines.map(() => undefined));
  });

  test('name the way to find hosts where the command has one', () => {
    const known = toolCommands().commands.filter(
      (command) => !['lab', 'proxy', 'completion', 'report'].includes(command.name()),
    );
    expect(known.length).toBeGreaterThan(10);
    for (const command of known) {
      const leaf = command.commands.find((child) => child.name() === 'show') ?? command;
      const takes = leaf.options.some(({ long }) => long === '--resolver');
      const words = leaf === command ? [command.name()] : [command.name(), leaf.name()];
      expect([command.name(), commandFor(place, words).includes('--resolver machine')]).toEqual([
        command.name(),
        takes,
      ]);
    }
  });
});
