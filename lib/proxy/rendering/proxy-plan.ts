/**
 * What the proxy is to be, as plain values: the input of the rendering.
 *
 * Strings may hold Terraform expressions where a plan is rendered for Terraform; the rendering places them and never
 * looks inside. What must hold for them is checked again by the converge script, on the values they turned into.
 */
export interface ProxyPlan {
  /** The instances: one for each cluster, and one for what clusters share. */
  readonly instances: readonly ProxyInstance[];
  /** Which server name belongs to which instance; the first match wins, anything else is closed. */
  readonly routes: readonly ProxyRoute[];
  /** @default - the defaults of each setting */
  readonly capacity?: ProxyCapacity;
  /** Whether the front answers a load balancer's probe on its own port. @default false */
  readonly healthProbe?: boolean;
  /** Addresses of the DNS servers to ask. @default - those of the machine, read from its resolv.conf when converging */
  readonly resolvers?: readonly string[];
}

/** Where a front answers the probe of a load balancer: by HTTP, for all that it takes sessions, whatever is blocked. */
export const HEALTH_PORT = 8080;
export const HEALTH_PATH = '/health';

export interface ProxyInstance {
  /** Lower-case letters, digits and hyphens, at most 24, and not `front`: names the systemd unit, the user, the sockets and the logs. */
  readonly name: string;
  /** `none`, `reject` or `blackhole`. @default - the script is told when it is run, see {@link wishVariable} */
  readonly outage?: string;
  /** Seconds after which an outage ends by itself. @default - it lasts until it is lifted */
  readonly longestOutageSeconds?: number;
  /**
   * Whether clients are kept from it because another member is the active one: `true`, `false`, or `told` where the script
   * is told when it is run, see {@link fenceVariable}. @default false
   */
  readonly fenced?: boolean | 'told';
  /** Whether DNS may answer with private addresses, as it does on private link. @default false */
  readonly privateAddresses?: boolean;
}

export interface ProxyRoute {
  /** A regular expression for the whole server name, without anchors: `(b[0-9]+-)?pkc-x\.region\.azure\.confluent\.cloud`. */
  readonly pattern: string;
  /** The instance's name, or a Terraform expression that yields one. */
  readonly instance: string;
}

/** How much the proxy carries. A Kafka client idles for up to 10 minutes and keeps sessions for days. */
export interface ProxyCapacity {
  /** Connections a worker may hold, both sides counted; up to 1,048,064. @default 32768, for which a worker needs 14 MB */
  readonly workerConnections?: number;
  /** Worker processes of the front and of each instance. @default - one for each processor */
  readonly workerProcesses?: number;
  /**
   * Open files a worker may have: each of its connections is one, and up to 512 are for what it listens on and writes to.
   * nginx itself only warns where there are fewer than connections. At most 1,048,576, which the units allow.
   *
   * @default - four times workerConnections, or as many as there can be
   */
  readonly openFiles?: number;
  /** Seconds without a byte in either direction after which a session is closed. @default 86400, a day */
  readonly idleTimeoutSeconds?: number;
  /** Seconds to wait for a cluster to accept a connection. @default 60, so that a black hole is one */
  readonly connectTimeoutSeconds?: number;
  /** Seconds that a client has to send its TLS hello. @default 5 */
  readonly helloTimeoutSeconds?: number;
  /** Sessions one client address may hold at a time. @default - no limit */
  readonly sessionsPerClient?: number;
}
