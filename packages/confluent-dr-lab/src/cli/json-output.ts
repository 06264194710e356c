/** @param name of the document, which is that of its schema: `lab-up` and the like */
export type PrintDocument = (name: string, document: object) => void;

let print: PrintDocument = (_, document) => console.log(JSON.stringify(document, undefined, 2));

/** Leaves printing to whoever runs the commands, and has the schemas. */
export function printBy(own: PrintDocument): void {
  print = own;
}

/** Prints the one JSON document of a command. */
export function printDocument(name: string, document: object): void {
  print(name, document);
}
