import { type LookupAddress } from 'node:dns';
import { lookup as machineLookup, Resolver } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';

/** `dns` asks the DNS servers, past the machine's hosts file; `machine` finds hosts as all other programs do. */
export type HostLookup = 'dns' | 'machine';

export interface HostRoute {
  readonly host: string;
  /** `literal` for an IP address, which needs no finding. */
  readonly way: HostLookup | 'literal';
  /** As found last; empty before the first request. */
  readonly addresses: readonly string[];
}

export interface HostFinderOptions {
  /**
   * The operator's machine often has the failover proxy's address in its hosts file, and the tool must reach the
   * clusters past it.
   * @default 'dns'
   */
  readonly lookup?: HostLookup;
  /** DNS servers, as `1.2.3.4` or `1.2.3.4:53`. @default those of the machine */
  readonly dnsServers?: readonly string[];
}

/** No address for a host. */
export class HostNotFound extends Error {
  constructor(host: string, way: HostLookup, cause: unknown) {
    const { code } = cause as { readonly code?: string };
    super(
      `${host} was not found ${way === 'dns' ? 'by DNS' : "by the machine's resolver"}: ${code ?? String(cause)}; ` +
        (way === 'dns' ? "the machine's resolver may know it" : 'DNS itself may know it'),
    );
    this.name = 'HostNotFound';
  }
}

const LIMITS = { timeout: 3000, tries: 2 };

/** Finds hosts, and can tell which way it went for each. */
export class HostFinder {
  private readonly preferred: HostLookup;
  private readonly resolver = new Resolver(LIMITS);
  private readonly found = new Map<string, readonly string[]>();

  constructor({ lookup = 'dns', dnsServers }: HostFinderOptions = {}) {
    this.preferred = lookup;
    if (dnsServers) {
      this.resolver.setServers([...dnsServers]);
    }
  }

  /** For sockets. */
  public readonly lookup: LookupFunction = (host, options, callback) => {
    this.addressesOf(host).then(
      (addresses) => {
        if (options.all) {
          callback(null, addresses);
        } else {
          callback(null, addresses[0].address, addresses[0].family);
        }
      },
      (error: Error) => callback(error, []),
    );
  };

  public routeOf(host: string): HostRoute {
    const bare = host.replace(/^\[|\]$/g, '');
    return isIP(bare)
      ? { host: bare, way: 'literal', addresses: [bare] }
      : { host: bare, way: this.wayOf(bare), addresses: this.found.get(bare) ?? [] };
  }

  private wayOf(host: string): HostLookup {
    return host === 'localhost' || host.endsWith('.localhost') ? 'machine' : this.preferred;
  }

  private async addressesOf(host: string): Promise<LookupAddress[]> {
    const way = this.wayOf(host);
    try {
      const addresses = way === 'dns' ? await this.byDns(host) : await machineLookup(host, { all: true });
      this.found.set(
        host,
        addresses.map(({ address }) => address),
      );
      return addresses;
    } catch (error) {
      throw new HostNotFound(host, way, error);
    }
  }

  private async byDns(host: string): Promise<LookupAddress[]> {
    const [four, six] = await Promise.allSettled([this.resolver.resolve4(host), this.resolver.resolve6(host)]);
    const addresses = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (addresses.length === 0) {
      throw four.status === 'rejected' ? four.reason : { code: 'ENODATA' };
    }
    return addresses;
  }
}
