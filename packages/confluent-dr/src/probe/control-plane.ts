import { type Deployment } from '../deployment/deployment';
import { type CheckOptions, literal } from './check-pair';
import { addressesOf, probe } from './probe';
import { type FailureCode, failureCodeOf, failureOf } from './probe-result';
import { requestOverHttp } from './service-requests';

/** Where Confluent Cloud's control plane is. */
export const CONTROL_PLANE_URL = 'https://api.confluent.cloud';

/** How Confluent Cloud's control plane answers, which `block`, `unblock` and every apply of Terraform need. */
export type ControlPlaneHealth =
  | { readonly kind: 'not-asked' }
  /** `withKey` is false where no key was given: then it is seen to live, and that is all. */
  | { readonly kind: 'answers'; readonly withKey: boolean }
  | { readonly kind: 'fails'; readonly code: FailureCode; readonly detail: string };

/**
 * Asks for the primary as Terraform does; without a key of the cloud, whether anybody is there.
 *
 * @throws the signal's reason
 */
export async function askControlPlane(
  { cloud, members }: Pick<Deployment, 'cloud' | 'members'>,
  options: Omit<CheckOptions, 'ways'> = {},
): Promise<ControlPlaneHealth> {
  if (cloud === undefined) {
    return { kind: 'not-asked' };
  }
  const { protocol, hostname, host, port } = new URL(cloud.url ?? CONTROL_PLANE_URL);
  const secure = protocol === 'https:';
  const { dnsServers, lookup = 'dns', ...limits } = options;
  const result = await probe(
    {
      service: 'control-plane',
      way: 'direct',
      host: hostname,
      port: Number(port || (secure ? 443 : 80)),
      secure,
      to: secure ? (await addressesOf(hostname, { dnsServers }))[lookup] : literal(hostname),
      ask: requestOverHttp({ authority: host, path: pathOf(members.primary), credentials: cloud.credentials }),
    },
    limits,
  );
  const code = failureCodeOf(result);
  const withKey = cloud.credentials !== undefined;
  return code === undefined || (!withKey && code === 'key-refused')
    ? { kind: 'answers', withKey }
    : { kind: 'fails', code, detail: failureOf(result) ?? '' };
}

function pathOf({ clusterId, environmentId }: Deployment['members']['primary']): string {
  return environmentId === undefined
    ? '/org/v2/environments?page_size=1'
    : `/cmk/v2/clusters/${encodeURIComponent(clusterId)}?${new URLSearchParams({ environment: environmentId }).toString()}`;
}
