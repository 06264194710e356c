import { type LookupAddress } from 'node:dns';
import { HostFinder, type HostFinderOptions, type HostLookup } from '../client/host-finder';
import { type LayerResult } from './passage';

/** Where a host was looked for, and what was found; no addresses where the result is not ok. */
export interface FoundAddresses {
  readonly addresses: readonly string[];
  readonly result: LayerResult;
}

/** The addresses of a host by DNS itself and by all that the machine asks, its hosts file first. */
export type AddressesOfHost = Readonly<Record<HostLookup, FoundAddresses>>;

/** Never fails: a host that is not found is a result. */
export async function addressesOf(
  host: string,
  options: Omit<HostFinderOptions, 'lookup'> = {},
): Promise<AddressesOfHost> {
  const [dns, machine] = await Promise.all([found(host, 'dns', options), found(host, 'machine', options)]);
  return { dns, machine };
}

async function found(host: string, lookup: HostLookup, options: HostFinderOptions): Promise<FoundAddresses> {
  const finder = new HostFinder({ ...options, lookup });
  const { way, addresses: literal } = finder.routeOf(host);
  if (way === 'literal') {
    return { addresses: literal, result: { kind: 'ok', detail: 'an IP address' } };
  }
  try {
    const addresses = await new Promise<LookupAddress[]>((resolve, reject) =>
      finder.lookup(host, { all: true }, (error, all) => (error ? reject(error) : resolve(all as LookupAddress[]))),
    );
    const texts = addresses.map(({ address }) => address);
    return { addresses: texts, result: { kind: 'ok', detail: texts.join(', ') } };
  } catch (error) {
    return { addresses: [], result: { kind: 'failed', failure: 'dns', detail: (error as Error).message } };
  }
}
