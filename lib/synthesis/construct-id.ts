import { createHash } from 'node:crypto';
import { Token } from 'cdktf';
import { type IConstruct } from 'constructs';
import { resolvedText } from './resolved-text';

/**
 * An id for a construct that is made of what its owner named: the text itself where that can be an id, else the text
 * with a hash of what it stands for, so that no two texts share an id and the same one always has the same.
 */
export function constructId(scope: IConstruct, text: string): string {
  // constructs finds children of the names that every object has, such as toString, where there are none.
  if (!Token.isUnresolved(text) && /^[A-Za-z0-9._*:-]+$/.test(text) && !(text in {})) {
    return text;
  }
  const resolved = resolvedText(scope, text);
  const hash = createHash('sha256').update(resolved).digest('hex').slice(0, 8);
  return `${resolved.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60)}-${hash}`;
}
