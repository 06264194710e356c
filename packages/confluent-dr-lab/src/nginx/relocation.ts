/** Where a proxy is on this machine, and what it finds there. */
export interface ProxyPlace {
  /** Of the front; it takes 9092 there. */
  readonly address: string;
  /** In place of 443, which only root may take: of the front, and of the clusters' HTTPS. */
  readonly httpsPort: number;
  /** Of the name server: `127.0.0.1:5300`. */
  readonly resolver: string;
  /** nginx's stream module. @default - it is built in */
  readonly streamModule?: string;
}

/**
 * The configurations of a script, for a user's own nginx with its working folder as prefix. Addresses, ports and paths
 * change, and nothing else; what runs is what the script carries. Paths are relative: a socket's has 107 characters at most.
 */
export function relocated(files: ReadonlyMap<string, string>, place: ProxyPlace): ReadonlyMap<string, string> {
  const configurations = [...files].filter(([path]) => /^(front|instance-[a-z0-9-]+|routes)\.conf$/.test(path));
  return new Map([
    ...configurations.map(([path, text]): [string, string] => [path, relocatedText(text, place)]),
    // What the script itself writes on the VM, where it finds the name servers of that.
    ['resolvers.conf', `resolver ${place.resolver} ipv6=off;\n`],
  ]);
}

function relocatedText(text: string, { address, httpsPort, streamModule }: ProxyPlace): string {
  return text
    .replace(/^load_module .*\n/m, streamModule === undefined ? '' : `load_module "${streamModule}";\n`)
    .replaceAll('/run/confluent-dr-proxy-front/', 'run/front/')
    .replaceAll('/run/confluent-dr-proxy/', 'run/')
    .replaceAll('/var/log/confluent-dr-proxy/', 'log/')
    .replace(/^( *listen) 9092 /gm, `$1 ${address}:9092 `)
    .replace(/^( *listen) 443 /gm, `$1 ${address}:${httpsPort} `)
    .replace(/^( *listen) ([0-9]+) default_server;/gm, `$1 ${address}:$2 default_server;`)
    .replace(/^( *proxy_pass \$ssl_preread_server_name):443;/gm, `$1:${httpsPort};`);
}
