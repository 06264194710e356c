import { isIP } from 'node:net';
import { commonName } from '../../server-names/pattern-overlap';
import type { ProxyCapacity, ProxyPlan, ProxyRoute } from './proxy-plan';
import { isServerNamePattern, PATTERN_FORM } from '../../server-names/server-name-pattern';

const NAME = /^[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?$/;
/** The front has the log folder and the tally of this name. */
export const FRONT = 'front';
export const DEFAULT_CONNECTIONS = 32_768;
/** What the units allow a process, by LimitNOFILE. */
export const MOST_FILES = 1_048_576;
/** Sockets to listen on, logs, and channels to up to 256 other workers. */
const FILES_BESIDE_CONNECTIONS = 512;

/**
 * How few open files do for a worker. nginx counts the connections to clusters among those of a worker, each being a file,
 * and only warns of fewer files than connections. Source: nginx, `ngx_event_module_init`.
 */
export function fewestFiles(workerConnections = DEFAULT_CONNECTIONS): number {
  return workerConnections + FILES_BESIDE_CONNECTIONS;
}

const OUTAGES = ['none', 'reject', 'blackhole'];

/**
 * What is wrong with a plan, each as one sentence. Values that Terraform is still to fill in are not judged here; the
 * converge script judges all of them again.
 */
export function planErrors(plan: ProxyPlan): string[] {
  const names = plan.instances.map(({ name }) => name);
  return [
    ...(names.length ? [] : ['instances: there is none; give one for each cluster']),
    ...(plan.routes.length ? [] : ['routes: there is none, no server name would be let through; give one at least']),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `instance '${name}': given twice`),
    ...plan.instances.flatMap(({ name, outage, longestOutageSeconds, fenced = false }) => [
      ...(NAME.test(name)
        ? []
        : [`instance '${name}': a name has 1 to 24 lower-case letters, digits and inner hyphens`]),
      ...(name === FRONT ? [`instance '${name}': the front itself has this name; give the instance another`] : []),
      ...(outage === undefined || OUTAGES.includes(outage)
        ? []
        : [`instance '${name}', outage '${outage}': allowed are ${OUTAGES.join(', ')}`]),
      ...([true, false, 'told'].includes(fenced)
        ? []
        : [`instance '${name}', fenced '${fenced}': allowed are true and false`]),
      ...numberErrors(`instance '${name}', longestOutageSeconds`, longestOutageSeconds, 999_999_999),
    ]),
    ...plan.routes.flatMap(({ pattern, instance }) => [
      ...(isToken(pattern) || isServerNamePattern(pattern)
        ? []
        : [`pattern '${pattern}': allowed are ${PATTERN_FORM}`]),
      ...(isToken(instance) || names.includes(instance)
        ? []
        : [`pattern '${pattern}', instance '${instance}': allowed are ${names.join(', ')}`]),
    ]),
    ...overlaps(plan.routes),
    ...(plan.resolvers ?? [])
      .filter((resolver) => !isToken(resolver) && (isIP(resolver) === 0 || resolver.includes('%')))
      .map((resolver) => `resolver '${resolver}': allowed is the IP address of a name server, such as 10.0.0.53`),
    ...Object.entries(plan.capacity ?? {}).flatMap(([setting, value]) =>
      numberErrors(`capacity, ${setting}`, value as number | undefined, 10_000_000),
    ),
    ...fileErrors(plan.capacity),
  ];
}

/** A name that leads to two instances would get to the first alone, and the outage of one would take the other's. */
function overlaps(routes: readonly ProxyRoute[]): string[] {
  const known = routes.filter(({ pattern, instance }) => !isToken(instance) && isServerNamePattern(pattern));
  return known.flatMap((route, index) =>
    known.slice(index + 1).flatMap((other) => {
      const name = route.instance === other.instance ? undefined : commonName(route.pattern, other.pattern);
      return name === undefined
        ? []
        : [
            `pattern '${route.pattern}' of '${route.instance}' and pattern '${other.pattern}' of '${other.instance}': ` +
              `both match '${name}', so that an outage of the one would take the other's; ` +
              'spell the brokers of each cluster out by brokerHostPatterns (for `proxy render`: by routes, without bootstrap), and ' +
              'give hosts that they share to an instance of their own',
          ];
    }),
  );
}

function numberErrors(what: string, value: number | undefined, most: number): string[] {
  const fine = value === undefined || isNumberToken(value) || (Number.isInteger(value) && value >= 1 && value <= most);
  return fine ? [] : [`${what} ${value}: a whole number from 1 to ${most}`];
}

function fileErrors({ openFiles = MOST_FILES, workerConnections }: ProxyCapacity = {}): string[] {
  const fewest = fewestFiles(workerConnections);
  const fine = isNumberToken(openFiles) || isNumberToken(fewest) || (openFiles >= fewest && openFiles <= MOST_FILES);
  return fine
    ? []
    : [
        `capacity, openFiles ${openFiles}: from ${fewest} to ${MOST_FILES}, workerConnections and ` +
          `${FILES_BESIDE_CONNECTIONS} for logs and sockets to listen on; leave it out, or lower workerConnections`,
      ];
}

/** Terraform expressions, and the marks that stand for them while an app is synthesized. */
function isToken(value: string): boolean {
  return value.includes('${') || value.includes('TfToken[');
}

/** CDKTF stands in for numbers that are not known yet with huge negative ones. */
function isNumberToken(value: number): boolean {
  return value < -1e280;
}

/** The text without such numbers, which are others in each run. */
export function withoutNumberTokens(text: string): string {
  return text.replace(/-\d(\.\d+)?e\+(2[89]|30)\d/g, '?');
}
