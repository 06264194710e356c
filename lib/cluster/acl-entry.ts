/** One permission on one resource of a cluster. */
export interface AclEntry {
  /** `User:sa-…` */
  readonly principal: string;
  /** TOPIC, GROUP, CLUSTER or TRANSACTIONAL_ID. */
  readonly resourceType: string;
  readonly resourceName: string;
  /** LITERAL or PREFIXED. */
  readonly patternType: string;
  /** In Kafka's words: READ, WRITE, DESCRIBE, … */
  readonly operation: string;
}
