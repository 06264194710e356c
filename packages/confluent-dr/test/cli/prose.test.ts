import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** What judges speaks in codes and data; the words for them are in packages/confluent-dr/src/cli/words. */
const FOLDERS = ['acls', 'drill', 'health', 'lag', 'observing', 'operating', 'planning', 'ready', 'toggle', 'traffic'];
const root = join(__dirname, '../../src');

/** Texts of a source, with `…` for what is put into them. */
function textsOf(source: string): string[] {
  const texts: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      return;
    }
    if (ts.isStringLiteralLike(node)) {
      texts.push(node.text);
    } else if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'));
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return texts;
}

/** It begins or ends as a sentence does, or has as many words as one. */
const isProse = (text: string): boolean => {
  const words = text.split(/\s+/).filter((word) => /^[\p{L}'’,;:.?!]+$/u.test(word));
  const isWhole = /^[A-Z][a-z]* \S/.test(text) || /\s\S*[.?!]$/.test(text);
  return words.length >= 4 || (words.length >= 2 && isWhole);
};

/** What the network or a service said, for which there are codes beside it. */
const SAID_BY_NETWORK = [
  'health/asking.ts: Kafka with … APIs',
  'health/asking.ts: HTTP … without JSON; something else answers there',
  'health/connecting.ts: certificate of …, good until …',
  'health/connecting.ts: the connection was closed',
  'health/kafka-api-versions.ts: the broker answered ApiVersions with error …',
  'health/kafka-api-versions.ts: what answers there does not speak the Kafka protocol',
  'health/probe.ts: nothing came within … ms',
  'observing/conversation.ts: it was not waited for any longer',
  'observing/topic-observations.ts: its mirror status … is unknown',
  'operating/ask.ts: the answer does not mention it',
];

/** Errors of the machine, which end a command. */
const ERRORS = ['toggle/run-toggle.ts: there is no command …'];

/** What the rules are called is published with their ids. */
const NAMES = /^ready\/ready-rules\.ts$/;

test('there is none where plans, findings and judgements are made', () => {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !NAMES.test(`${folder}/${name}`))
      .flatMap((name) =>
        textsOf(readFileSync(join(root, folder, name), 'utf8'))
          .filter(isProse)
          .map((text) => `${folder}/${name}: ${text.trim()}`),
      ),
  );
  expect([...new Set(found)].sort()).toEqual([...SAID_BY_NETWORK, ...ERRORS].sort());
});

test.each([
  ["const a = 'The primary is gone.';", ['The primary is gone.']],
  ['const a = `Create ${b} ACLs?`;', ['Create … ACLs?']],
  ["f({ cause: 'nobody told what became of it' });", ['nobody told what became of it']],
  ["const code = 'switched over'; const word = 'steady after';", []],
  ["import { a } from './of the four words'; const path = `/kafka/v3/clusters/${id}`;", []],
])('it is found in %s', (source, texts) => {
  expect(textsOf(source).filter(isProse)).toEqual(texts);
});
