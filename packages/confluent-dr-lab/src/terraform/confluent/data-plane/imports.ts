import { type ValueObject } from '../../schema/value';
import { type Session } from '../session';

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
