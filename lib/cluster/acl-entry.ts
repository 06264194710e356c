import { markKind } from '../validation/kind';

/** One permission on one resource of a cluster. */
export interface AclEntry {
  /** Whom it is for: `User:sa-…`. */
  readonly principal: string;
  /** TOPIC, GROUP, CLUSTER or TRANSACTIONAL_ID. */
  readonly resourceType: string;
  /** Name of the resource, or its beginning where the pattern is PREFIXED. */
  readonly resourceName: string;
  /** LITERAL or PREFIXED. */
  readonly patternType: string;
  /** In Kafka's words: READ, WRITE, DESCRIBE, … */
  readonly operation: string;
}

/** What kind of thing of a cluster an ACL is about. Source: Confluent's page on ACL operations, which has these four. */
export class AclResourceType {
  /** Topics. */
  public static readonly TOPIC = new AclResourceType('topic');
  /** Consumer groups. */
  public static readonly GROUP = new AclResourceType('group');
  /** The cluster itself. */
  public static readonly CLUSTER = new AclResourceType('cluster');
  /** Transactional ids of producers. */
  public static readonly TRANSACTIONAL_ID = new AclResourceType('transactional_id');

  private constructor(
    /** The word of a link's filters. */
    public readonly word: string,
  ) {}
}

markKind(AclResourceType, 'AclResourceType');

/**
 * What an ACL lets its principal do. Source: the operations of an ACL in Kafka REST v3, without ANY, which a filter says
 * that names none. The cloud lets one grant fewer; a link may come from where there are all.
 */
export class AclOperation {
  /** ACLs for all operations at once, and not those for each alone. */
  public static readonly ALL = new AclOperation('all');
  /** Reading records, and the offsets of a group. */
  public static readonly READ = new AclOperation('read');
  /** Writing records. */
  public static readonly WRITE = new AclOperation('write');
  /** Creating topics. */
  public static readonly CREATE = new AclOperation('create');
  /** Deleting topics, records or groups. */
  public static readonly DELETE = new AclOperation('delete');
  /** Altering partitions, ACLs and links. */
  public static readonly ALTER = new AclOperation('alter');
  /** Describing topics, groups and the cluster. */
  public static readonly DESCRIBE = new AclOperation('describe');
  /** Reading settings. */
  public static readonly DESCRIBE_CONFIGS = new AclOperation('describe_configs');
  /** Altering settings. */
  public static readonly ALTER_CONFIGS = new AclOperation('alter_configs');
  /** What brokers do among themselves. */
  public static readonly CLUSTER_ACTION = new AclOperation('cluster_action');
  /** Producing idempotently. */
  public static readonly IDEMPOTENT_WRITE = new AclOperation('idempotent_write');

  private constructor(
    /** The word of a link's filters. */
    public readonly word: string,
  ) {}
}

markKind(AclOperation, 'AclOperation');
