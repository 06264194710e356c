import { markKind } from '../validation/kind';
import { isExpression, type Problems } from '../validation/problems';
import { noObjectShape, requireArgument } from '../validation/shape';
import { ADMIN_USERNAME } from '../validation/text-rule';

/** Who administers the proxy's VM. Nobody needs to log in for the proxy to work. */
export class ProxyAdmin {
  /**
   * Logs in with a password.
   *
   * @param password a Terraform variable marked as sensitive: any other text would stand in the synthesized files
   */
  public static password(username: string, password: string): ProxyAdmin {
    requireArgument(noObjectShape('ProxyAdmin.password, username', username));
    requireArgument(noObjectShape('ProxyAdmin.password', password));
    return new ProxyAdmin(username, password);
  }

  /**
   * Logs in with an SSH key.
   *
   * @param publicKey the content of an OpenSSH public key file, RSA or Ed25519: `ssh-ed25519 AAAA…`. Source: Azure's page on SSH keys,
   * which says that others, such as ECDSA, are not supported
   */
  public static sshKey(username: string, publicKey: string): ProxyAdmin {
    requireArgument(noObjectShape('ProxyAdmin.sshKey, username', username));
    requireArgument(noObjectShape('ProxyAdmin.sshKey', publicKey));
    // As a file of a key ends.
    return new ProxyAdmin(username, undefined, typeof publicKey === 'string' ? publicKey.trimEnd() : publicKey);
  }

  private constructor(
    /** The user's name on the VM. */
    public readonly username: string,
    /** @internal */
    public readonly _password?: string,
    /** The public key, where one was given. */
    public readonly publicKey?: string,
  ) {}

  /** @internal */
  public _check(problems: Problems): void {
    problems.required('admin.username', this.username, ADMIN_USERNAME);
    problems.require(this._password !== undefined || this.publicKey !== undefined, {
      property: 'admin',
      received: undefined,
      allowed: 'a password or a public key',
      advice: "Write it as in ProxyAdmin.sshKey('operator', 'ssh-ed25519 AAAA…').",
    });
    problems.text('admin.publicKey', this.publicKey, {
      pattern: '^ssh-(rsa|ed25519) [A-Za-z0-9+/=]+( .*)?$',
      allowed: 'an OpenSSH public key of RSA or Ed25519, such as ssh-ed25519 AAAA…; Azure supports no other',
      advice: 'Give the content of the .pub file.',
    });
    problems.refuseUnless(this._password === undefined || isExpression(this._password), {
      property: 'admin.password',
      received: '(hidden)',
      allowed: 'a Terraform variable marked as sensitive',
      advice: 'Any other text would stand in the synthesized files.',
    });
  }
}

markKind(ProxyAdmin, 'ProxyAdmin');
