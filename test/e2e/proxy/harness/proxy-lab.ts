import type { ProxyCapacity } from '../../../../lib/proxy/rendering/proxy-plan';
import { requireTools } from './tools';
import { Brokers } from './brokers';
import { makeCertificates, type Certificates } from './certificates';
import { type Network, startNetwork } from './network';
import { Proxy } from './proxy';
import { temporaryFolder } from './temporary-folder';

export interface ProxyLab {
  readonly network: Network;
  readonly brokers: Brokers;
  readonly certificates: Certificates;
  readonly proxy: Proxy;
  stop(): Promise<void>;
}

/** The network with TLS servers for brokers, without a proxy yet. */
export async function startWorld(): Promise<Omit<ProxyLab, 'proxy'>> {
  requireTools();
  const folder = temporaryFolder('proxy-lab');
  const certificates = makeCertificates(folder.path);
  folder.remove();
  const network = await startNetwork();
  const brokers = await Brokers.start(network, certificates);
  const stop = async (): Promise<void> => {
    brokers.stop();
    await network.stop();
  };
  return { network, brokers, certificates, stop };
}

/** Both clusters behind the proxy that the rendered script makes. */
export async function startProxyLab(capacity?: ProxyCapacity): Promise<ProxyLab> {
  const world = await startWorld();
  try {
    return { ...world, proxy: await Proxy.start(world.network, capacity) };
  } catch (error) {
    await world.stop();
    throw error;
  }
}
