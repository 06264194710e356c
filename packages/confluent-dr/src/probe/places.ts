import { type Credentials } from '../client/endpoint';
import { type DeployedMember } from '../deployment/deployment';
import { type Service } from './probe-result';
import { requestApiVersions, requestOverHttp, type ServiceRequest } from './service-requests';

/** Where a service of a member is, and what to ask there. */
export interface Place {
  readonly service: Service;
  readonly host: string;
  readonly port: number;
  /** Whether it speaks TLS; the HTTP services of a lab do not. */
  readonly secure: boolean;
  readonly ask: ServiceRequest;
}

export function placesOf(member: DeployedMember): Place[] {
  const { clusterId, restEndpoint, kafkaCredentials, schemaRegistry } = member;
  const rest = placeOf('rest', restEndpoint, clusterPath(clusterId), kafkaCredentials);
  const kafka: Place = { service: 'kafka', ...bootstrapOf(member), secure: rest.secure, ask: requestApiVersions };
  const registry =
    schemaRegistry && placeOf('schema-registry', schemaRegistry.endpoint, '/exporters', schemaRegistry.credentials);
  return [kafka, rest, ...(registry ? [registry] : [])];
}

/** A service of a lab as it is behind the lab's proxy: in TLS, by a name of its cluster. @returns undefined of one that is not */
export function placeBehindProxy({ service }: Place, member: DeployedMember, httpsPort: number): Place | undefined {
  const { clusterId, kafkaCredentials } = member;
  const { host, port } = bootstrapOf(member);
  switch (service) {
    case 'kafka':
      return { service, host, port, secure: true, ask: requestApiVersions };
    case 'rest': {
      const ask = requestOverHttp({ authority: host, path: clusterPath(clusterId), credentials: kafkaCredentials });
      return { service, host, port: httpsPort, secure: true, ask };
    }
    case 'schema-registry':
      return undefined;
  }
}

const clusterPath = (clusterId: string): string => `/kafka/v3/clusters/${encodeURIComponent(clusterId)}`;

function bootstrapOf({ bootstrapEndpoint }: DeployedMember): { readonly host: string; readonly port: number } {
  const { hostname: host, port } = new URL(`kafka://${bootstrapEndpoint}`);
  return { host, port: Number(port || 9092) };
}

function placeOf(service: Service, endpoint: string, path: string, credentials: Credentials): Place {
  const { protocol, hostname, host, port } = new URL(endpoint);
  const secure = protocol === 'https:';
  return {
    service,
    host: hostname,
    port: Number(port || (secure ? 443 : 80)),
    secure,
    ask: requestOverHttp({ authority: host, path, credentials }),
  };
}
