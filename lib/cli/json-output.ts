import { type DocumentName, type DocumentOf, DOCUMENTS } from '../runbook/output-schema';

let printed = false;

/** Prints the one JSON document of a command. */
export function printJson(value: unknown): void {
  printed = true;
  console.log(JSON.stringify(value, undefined, 2));
}

/** As `printJson`, for documents with a schema. One that is not as its schema says is printed all the same, and told of. */
export function printDocument<Name extends DocumentName>(name: Name, document: DocumentOf<Name>): void {
  printJson(document);
  tellFaults(name, document);
}

/** As `printDocument`, on one line: of a command that prints one after the other while it goes on. */
export function printLine<Name extends DocumentName>(name: Name, document: DocumentOf<Name>): void {
  printed = true;
  console.log(JSON.stringify(document));
  tellFaults(name, document);
}

function tellFaults<Name extends DocumentName>(name: Name, document: DocumentOf<Name>): void {
  const { error } = DOCUMENTS[name].safeParse(document);
  if (error) {
    const where = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    console.error(`confluent-dr: the JSON is not as its schema says, which is a fault of this tool: ${where}`);
  }
}

/** Begins a command, which has not printed its document yet. */
export function beginDocument(): void {
  printed = false;
}

/** Prints what went wrong where a command was to print JSON and has not: there is one document for every ending. */
export function printError(words: readonly string[], exitCode: number, message: string): void {
  if (!printed && isJsonWanted(words)) {
    printDocument('error', { error: { exitCode, message } });
  }
}

/** Asked of the words themselves: where they are wrong, nobody has read the options. What `lab exec` runs has its own. */
function isJsonWanted(words: readonly string[]): boolean {
  const end = words.findIndex((word) => word === '--' || word === 'exec');
  return words.slice(0, end < 0 ? undefined : end).includes('--json');
}
