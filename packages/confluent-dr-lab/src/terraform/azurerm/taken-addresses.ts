import { AzureError, freePrivateAddress } from '../../azure/addresses';
import { type Azure } from '../../azure/azure';
import { blocks, text, texts, type ValueObject } from '../../schema/value';
import { isSameId } from './names';
import { isInSubnet } from './virtual-network';

/** What has addresses: interfaces of VMs, and frontends of load balancers. */
const HOLDERS: Readonly<Record<string, string>> = {
  azurerm_network_interface: 'ip_configuration',
  azurerm_lb: 'frontend_ip_configuration',
};

/** Of a subnet that was not made in the lab, nothing is known but that it is there. */
const FOREIGN: ValueObject = { address_prefixes: ['10.0.2.0/24'] };

/** The id of what has a public address, unless that is the asker itself. */
export function holderOfPublicAddress(address: unknown, azure: Azure, asker?: string): string | undefined {
  const holder = Object.entries(HOLDERS)
    .flatMap(([type, entries]) => azure.all(type).map((object) => ({ id: text(object.id), entries: object[entries] })))
    .filter(({ id }) => !isSameId(id, asker))
    .find(({ entries }) => blocks(entries).some((entry) => isSameId(entry.public_ip_address_id, address)));
  return holder?.id;
}

export function publicAddressInUse(asker: unknown, address: unknown, holder: string): AzureError {
  return new AzureError(
    400,
    'PublicIPAddressInUse',
    `Resource ${text(asker)} references public IP address ${text(address)} that is in use by ${holder}.`,
  );
}

/** @throws AzureError for an address that is not of the subnet */
export function requireAddressOfSubnet(entry: ValueObject, azure: Azure): void {
  const address = text(entry.private_ip_address);
  if (entry.private_ip_address_allocation === 'Static' && !isInSubnet(subnetOf(entry, azure), address)) {
    throw new AzureError(
      400,
      'PrivateIPAddressNotInSubnet',
      `Private static IP address ${address} does not belong to the range of subnet ${text(entry.subnet_id)}.`,
    );
  }
}

/**
 * The private address of an ip configuration: its own as far as it has one, or one that nobody has.
 *
 * @param more what the same object has already
 * @throws AzureError when there is none, or another has it
 */
export function givePrivateAddress(
  entry: ValueObject,
  owner: string,
  azure: Azure,
  more: readonly string[] = [],
): string {
  requireAddressOfSubnet(entry, azure);
  const subnet = subnetOf(entry, azure);
  const taken = [...takenBy(azure, owner), ...more];
  const now = text(entry.private_ip_address);
  const isStatic = entry.private_ip_address_allocation === 'Static';
  if (isStatic && taken.includes(now)) {
    throw new AzureError(400, 'PrivateIPAddressInUse', `Private IP address ${now} of ${owner} is allocated already.`);
  }
  if (now !== '' && (isStatic || isInSubnet(subnet, now) || azure.isOfHost(now))) {
    return now;
  }
  const free = texts(subnet.address_prefixes)
    .map((prefix) => freePrivateAddress(prefix, taken))
    .find((address) => address !== undefined);
  if (free === undefined) {
    throw new AzureError(400, 'SubnetIsFull', `Subnet ${text(entry.subnet_id)} has no address left.`);
  }
  return free;
}

function takenBy(azure: Azure, owner: string): string[] {
  return Object.keys(HOLDERS)
    .flatMap((type) => azure.all(type))
    .filter(({ id }) => !isSameId(id, owner))
    .flatMap((object) => texts(object.private_ip_addresses));
}

function subnetOf(entry: ValueObject, azure: Azure): ValueObject {
  return azure.find('azurerm_subnet', text(entry.subnet_id)) ?? FOREIGN;
}
