import { markKind } from '../validation/kind';
import { type Problems } from '../validation/problems';
import { requireArgument, textsShape } from '../validation/shape';
import { azureId } from '../validation/text-rule';

/** Who the proxy's VMs are to Azure, so that agents on them may read or write there. The proxy itself needs none. */
export class ProxyIdentity {
  /** An identity that Azure makes with each VM and deletes with it. */
  public static systemAssigned(): ProxyIdentity {
    return new ProxyIdentity('SystemAssigned', []);
  }

  /**
   * Identities that exist already.
   *
   * @param identityIds Azure ids, `/subscriptions/…/userAssignedIdentities/…`
   */
  public static userAssigned(...identityIds: string[]): ProxyIdentity {
    requireArgument(
      textsShape('ProxyIdentity.userAssigned', identityIds, "'/subscriptions/…/userAssignedIdentities/…'"),
    );
    return new ProxyIdentity('UserAssigned', identityIds);
  }

  private constructor(
    /** @internal */
    public readonly _type: string,
    /** @internal */
    public readonly _ids: string[],
  ) {}

  /** @internal */
  public _check(problems: Problems): void {
    problems.require(this._type === 'SystemAssigned' || this._ids.length > 0, {
      property: 'identity',
      received: [],
      allowed: 'at least one identity',
      advice: 'Name the identities, or take ProxyIdentity.systemAssigned().',
    });
    this._ids.forEach((id, index) =>
      problems.required(`identity[${index}]`, id, azureId('Microsoft.ManagedIdentity/userAssignedIdentities')),
    );
  }
}

markKind(ProxyIdentity, 'ProxyIdentity');
