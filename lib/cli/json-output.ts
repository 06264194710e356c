import { type DocumentName, type DocumentOf, DOCUMENTS } from '../runbook/output-schema';
import { documentPrinted } from './ending';

/** Prints the one JSON document of a command. One that is not as its schema says is printed all the same, and told of. */
export function printDocument<Name extends DocumentName>(name: Name, document: DocumentOf<Name>): void {
  documentPrinted();
  console.log(JSON.stringify(document, undefined, 2));
  tellFaults(name, document);
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

function tellFaults<Name extends DocumentName>(name: Name, document: DocumentOf<Name>): void {
  const { error } = DOCUMENTS[name].safeParse(document);
  if (error) {
    const where = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    console.error(`confluent-dr: the JSON is not as its schema says, which is a fault of this tool: ${where}`);
  }
}
