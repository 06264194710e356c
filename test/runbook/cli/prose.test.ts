import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

/** What judges speaks in codes and data; the words for them are in lib/cli/runbook/words. */
const FOLDERS = ['acls', 'drill', 'health', 'lag', 'observing', 'operating', 'planning', 'ready', 'toggle', 'traffic'];
const root = join(__dirname, '../../../lib/runbook');

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

/** A drill's journal is read by Chaos Toolkit, whose format has texts; they are written where it is. */
const IN_JOURNAL = [
  'drill/phases.ts: , and what only it has is discarded',
  'drill/phases.ts: , in a disaster',
  'drill/phases.ts: Losing the primary of ……',
  'drill/phases.ts: Next, the primary comes back. Have clients moved to the secondary?',
  'drill/phases.ts: Next, the primary has to be lost: take it away now, in your own way. Is it gone?',
  'drill/phases.ts: Next, the primary has to come back: bring it back now, in your own way. Is it there again?',
  'drill/phases.ts: Next, the primary is lost: nothing of it answers any more. Are a producer and a consumer running?',
  'drill/phases.ts: lab fault add refused primary',
  'drill/phases.ts: Next, clients of the proxy can come to the primary again.…',
  'drill/phases.ts: Next, primary and secondary change places. Have the producers stopped?',
  'drill/phases.ts: Next, the primary becomes active again…. Have the producers… stopped?',
  'drill/phases.ts: Next, the primary is taken away from the clients of the proxy. Are a producer and a consumer running?',
  'drill/phases.ts: Next, the secondary becomes active at once; records that it does not have are lost. Is it certain that nobody writes to the primary?',
  'drill/phases.ts: The primary is taken away from its clients, the secondary takes over, and all goes back.',
  'drill/phases.ts: The primary serves, and the secondary follows it',
  'drill/phases.ts: Have they moved to the secondary?',
  'drill/recorder.ts: An earlier drill was taken up at …: what came before it is not in this journal, and was not tried again.',
  'drill/recorder.ts: It was killed: what it had done by then, nobody noted.',
  'drill/recorder.ts: What clients saw before the drill was interrupted is in a raw log of its own, …, and in none of these numbers.',
  'drill/run-drill.ts: Clients should not be on the ….',
  'drill/run-drill.ts: The … (…) does not answer: …, ….',
];

test('there is none where plans, findings and judgements are made', () => {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        textsOf(readFileSync(join(root, folder, name), 'utf8'))
          .filter(isProse)
          .map((text) => `${folder}/${name}: ${text.trim()}`),
      ),
  );
  expect([...new Set(found)].sort()).toEqual([...SAID_BY_NETWORK, ...ERRORS, ...IN_JOURNAL].sort());
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
