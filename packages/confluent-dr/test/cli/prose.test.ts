import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** What judges speaks in codes and data; the words for them are in packages/confluent-dr/src/words. */
const FOLDERS = ['drill', 'execute', 'observe', 'plan', 'probe', 'report/ready', 'report/status'];
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
  'probe/service-requests.ts: Kafka with … APIs',
  'probe/service-requests.ts: HTTP … without JSON; something else answers there',
  'probe/service-requests.ts: certificate of …, good until …',
  'probe/service-requests.ts: the connection was closed',
  'probe/service-requests.ts: the broker answered ApiVersions with error …',
  'probe/service-requests.ts: what answers there does not speak the Kafka protocol',
  'probe/probe.ts: nothing came within … ms',
  'observe/reading.ts: it was not waited for any longer',
  'observe/member-observation.ts: its mirror status … is unknown',
  'execute/mirror-requests.ts: the answer does not mention it',
  'report/status/concerns.ts: no error is told',
];

/** Errors of the machine, which end a command. */
const ERRORS = ['execute/toggle-command.ts: there is no command …'];

/** What rules and situations are called is published with their ids; the changes that `status --watch` tells are for people alone. */
const NAMES = /^(report\/ready\/ready-rules|report\/status\/changes|observe\/situation)\.ts$/;

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
