import { type Pattern } from '../../../schema/path';
import { type ValueObject } from '../../../schema/value';
import { each, notEmpty, type Rule } from '../../planning/rules';
import { type Session } from '../session';

/** What holds for the key of the resource itself, or of the blocks that are named. */
export function credentialRules(...blocks: readonly Pattern[]): Record<Pattern, Rule> {
  const places = blocks.length === 0 ? ['credentials'] : blocks.map((block) => `${block}.credentials`);
  return each(
    places.flatMap((place) => [`${place}.key`, `${place}.secret`]),
    notEmpty,
  );
}

/** What an import of a topic or an ACL takes from its environment. */
export function importedCluster(id: string, session: Session): ValueObject {
  return {
    kafka_cluster: [{ id }],
    rest_endpoint: session.importVariable('IMPORT_KAFKA_REST_ENDPOINT'),
    credentials: [importedKey('IMPORT_KAFKA_API', session)],
  };
}

/** A key and its secret, from the variables `<PREFIX>_KEY` and `<PREFIX>_SECRET`. */
export function importedKey(prefix: string, session: Session): ValueObject {
  return { key: session.importVariable(`${prefix}_KEY`), secret: session.importVariable(`${prefix}_SECRET`) };
}
