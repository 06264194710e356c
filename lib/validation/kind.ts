/**
 * Marks that tell this library's own classes in whichever copy of it they were made: a package manager can put two
 * copies into one tree, and `instanceof` knows the classes of one alone. constructs and cdktf do the same.
 */

/** Puts the mark of a kind on all instances of a class. */
export function markKind(type: { readonly prototype: object }, kind: string): void {
  Object.defineProperty(type.prototype, symbolOf(kind), { value: true });
}

/** Is the value of this kind, from this copy of the package or from another? */
export function isKind(value: unknown, kind: string): boolean {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[symbolOf(kind)] === true;
}

function symbolOf(kind: string): symbol {
  return Symbol.for(`cdktf-confluent-dr.${kind}`);
}
