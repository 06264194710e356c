import { LinuxVirtualMachine } from '@cdktf/provider-azurerm/lib/linux-virtual-machine';
import { Fn, type TerraformProvider, Token } from 'cdktf';
import { Construct } from 'constructs';
import { literalText } from '../synthesis/literal-text';
import { variableName } from '../validation/variable-name';
import { ignoredTags } from './tags';
import { type ProxyAdmin } from './proxy-admin';
import { type ProxyIdentity } from './proxy-identity';

/** An image of the Azure marketplace. The proxy's script is made for Ubuntu 22.04 and its relatives. */
export interface ProxyImage {
  /** Who publishes it, such as `Canonical`. */
  readonly publisher: string;
  /** The publisher's product, such as `0001-com-ubuntu-server-jammy`. */
  readonly offer: string;
  /** Which of the product's editions, such as `22_04-lts`. */
  readonly sku: string;
  /** Version of the edition. @default latest */
  readonly version?: string;
}

interface ProxyMachineProps {
  readonly name: string;
  readonly resourceGroupName: string;
  readonly location: string;
  readonly networkInterfaceId: string;
  readonly admin: ProxyAdmin;
  readonly size: string;
  readonly image?: ProxyImage;
  readonly zone?: string;
  readonly identity?: ProxyIdentity;
  readonly diskEncryptionSetId?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly followTags: boolean;
  readonly provider?: TerraformProvider;
}

const UBUNTU_22_04: ProxyImage = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts',
};

/** The VM. Nothing of clusters or outages is in it, so that nothing that changes in life replaces it. */
export class ProxyMachine extends Construct {
  public readonly machine: LinuxVirtualMachine;

  constructor(scope: Construct, id: string, props: ProxyMachineProps) {
    super(scope, id);
    const { admin } = props;
    const { publisher, offer, sku, version = 'latest' } = props.image ?? UBUNTU_22_04;
    this.machine = new LinuxVirtualMachine(this, 'Resource', {
      name: props.name,
      resourceGroupName: props.resourceGroupName,
      location: props.location,
      size: props.size,
      networkInterfaceIds: [props.networkInterfaceId],
      adminUsername: admin.username,
      adminPassword: admin._password,
      // With a password Azure wants this said; with a key alone it must not be said.
      disablePasswordAuthentication: admin._password === undefined,
      adminSshKey:
        admin.publicKey === undefined
          ? undefined
          : [{ username: admin.username, publicKey: literalText(admin.publicKey) }],
      zone: props.zone,
      identity: props.identity && {
        type: props.identity._type,
        identityIds: props.identity._ids.length > 0 ? props.identity._ids : undefined,
      },
      osDisk: {
        caching: 'ReadWrite',
        storageAccountType: 'Standard_LRS',
        diskEncryptionSetId: props.diskEncryptionSetId,
      },
      sourceImageReference: { publisher, offer, sku, version },
      tags: props.tags,
      provider: props.provider,
      computerName: hostNameOf(props.name),
      // Each would replace the VM: an imported one has other custom_data and host name, a password changes, and a VM that
      // was alone has no zone.
      lifecycle: {
        ignoreChanges: ['admin_password', 'computer_name', 'custom_data', 'zone', ...ignoredTags(props.followTags)],
        precondition: admin._password === undefined ? undefined : [passwordRule(this, admin._password)],
      },
    });
  }
}

/** A host name has no underscores. */
function hostNameOf(name: string): string {
  return Token.isUnresolved(name) ? Fn.replace(name, '_', '-') : name.replace(/_/g, '-');
}

/** What Azure wants of a password; the plan says it, as a variable's own validation would print the password. */
function passwordRule(scope: Construct, password: string) {
  const property = variableName(scope, password, 'admin.password');
  const kinds = ['[a-z]', '[A-Z]', '[0-9]', '[^a-zA-Z0-9_]'].map(
    (kind) => `min(1, length(regexall("${kind}", ${password})))`,
  );
  const fits = `((length(${password}) >= 6) && (length(${password}) <= 72))`;
  return {
    // As text: of lists within lists cdktf resolves each part again and again.
    condition: `\${(${fits} && (sum([${kinds.join(', ')}]) >= 3))}`,
    errorMessage:
      `${property}: received a value that Azure refuses, allowed: 6 to 72 characters of at least three kinds among ` +
      'lower case, upper case, digits, and others than these and _. Choose another password.',
  };
}
