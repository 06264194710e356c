import { LinuxVirtualMachine } from '@cdktf/provider-azurerm/lib/linux-virtual-machine';
import { Construct } from 'constructs';
import { type ProxyAdmin } from './proxy-admin';

/** An image of the Azure marketplace. The proxy's script is made for Ubuntu 22.04 and its relatives. */
export interface ProxyImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  /** @default latest */
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
  readonly tags?: { readonly [key: string]: string };
}

const UBUNTU_22_04: ProxyImage = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts',
};

/** The VM. Nothing of clusters or outages is in it, so that nothing that changes in life replaces it. */
export class ProxyMachine extends Construct {
  public readonly id: string;

  constructor(scope: Construct, id: string, props: ProxyMachineProps) {
    super(scope, id);
    const { admin } = props;
    const { publisher, offer, sku, version = 'latest' } = props.image ?? UBUNTU_22_04;
    const machine = new LinuxVirtualMachine(this, 'Resource', {
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
        admin.publicKey === undefined ? undefined : [{ username: admin.username, publicKey: admin.publicKey }],
      osDisk: { caching: 'ReadWrite', storageAccountType: 'Standard_LRS' },
      sourceImageReference: { publisher, offer, sku, version },
      tags: props.tags,
      // Both would replace the VM: custom_data of an imported one is not in the state, and a password changes.
      lifecycle: { ignoreChanges: ['admin_password', 'custom_data', 'tags'] },
    });
    this.id = machine.id;
  }
}
