import { markKind } from '../validation/kind';

/** Where the roles of a member's service account come from: CloudClusterAdmin, Operator, DeveloperRead and ResourceOwner. */
export class ServiceAccountRoles {
  /**
   * Terraform makes them, each once in a stack, whoever else of the stack needs it, and deletes them when nobody does
   * any longer.
   */
  public static managed(): ServiceAccountRoles {
    return new ServiceAccountRoles(true);
  }

  /**
   * They exist already and are somebody else's, for instance of another stack: Terraform makes none, and forgets those
   * that it had made without deleting them.
   */
  public static existing(): ServiceAccountRoles {
    return new ServiceAccountRoles(false);
  }

  private constructor(
    /** @internal */
    public readonly _areManaged: boolean,
  ) {}
}

markKind(ServiceAccountRoles, 'ServiceAccountRoles');
