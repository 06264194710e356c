import { type DocumentName, type DocumentOf, DOCUMENTS } from '../report/output-schema/documents';
import { documentPrinted } from './ending';

/** Prints the one JSON document of a command. One that is not as its schema says is printed all the same, and told of. */
export function printDocument<Name extends DocumentName>(name: Name, document: DocumentOf<Name>): void {
  printDocumentOf(name, document);
}

/**
 * As `printDocument`, on one line: of a command that prints one after the other while it goes on.
 *
 * @param isLast whether it is what the command ends with
 */
export function printLine<Name extends DocumentName>(name: Name, document: DocumentOf<Name>, isLast = false): void {
  if (isLast) {
    documentPrinted();
  }
  console.log(JSON.stringify(document));
  tellFaults(name, document);
}

/**
 * As `printDocument`, of what another program than this one made: the lab.
 *
 * @param name of its schema, which is published here
 */
export function printDocumentOf(name: string, document: object): void {
  documentPrinted();
  console.log(JSON.stringify(document, undefined, 2));
  tellFaults(name as DocumentName, document);
}

function tellFaults(name: DocumentName, document: unknown): void {
  const { error } = DOCUMENTS[name].safeParse(document);
  if (error) {
    const where = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    console.error(`confluent-dr: the JSON is not as its schema says, which is a fault of this tool: ${where}`);
  }
}
