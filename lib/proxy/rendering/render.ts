import { createHash } from 'node:crypto';
import { DEFAULT_CONNECTIONS, MOST_FILES, planErrors, withoutNumberTokens } from './plan-rules';
import { HEALTH_PATH, HEALTH_PORT, type ProxyPlan } from './proxy-plan';
import { readTemplate, renderTemplate, templatesIn } from './templates';

/** A file of the proxy, relative to the folder that holds them all. */
export interface ProxyFile {
  readonly path: string;
  /** As chmod takes it: `0644`. */
  readonly mode: string;
  readonly content: string;
}

/** The script ends itself before the half hour that Azure gives a run command. */
const TIME_LIMIT_SECONDS = 1500;

/**
 * The variable that tells the converge script, in its environment, what is wished for an instance: `none`, `reject` or
 * `blackhole`, and behind it ` for at most 3600 seconds` where the proxy is to end the outage by itself. It comes before
 * what the plan says.
 */
export function wishVariable(instance: string): string {
  return `OUTAGE_${instance.toUpperCase().replaceAll('-', '_')}`;
}

/** The variable that tells the script in its environment whether an instance is fenced, `true` or `false`. */
export function fenceVariable(instance: string): string {
  return `FENCED_${instance.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * The files of a proxy: nginx configurations, units, firewall, and the proxy's own command. The same plan gives the same
 * bytes. An outage changes one word of the file `wishes` and nothing else, and none where the plan leaves it open.
 */
export function renderProxyFiles(plan: ProxyPlan): ProxyFile[] {
  const errors = planErrors(plan);
  if (errors.length > 0) {
    throw new Error(`The proxy cannot be rendered:\n${errors.map((error) => `  - ${error}`).join('\n')}`);
  }
  const values = valuesOf(plan);
  const rendered = (path: string, template = path, more: object = {}): ProxyFile => ({
    path,
    mode: '0644',
    content: renderTemplate(template, { ...values, ...more }),
  });
  const verbatim = (path: string): ProxyFile => ({
    path,
    mode: path.startsWith('bin/') ? '0755' : '0644',
    content: readTemplate(path),
  });
  return [
    rendered('wishes'),
    rendered('instances'),
    rendered('routes.conf'),
    rendered('resolvers'),
    rendered('front.conf'),
    ...plan.instances.map(({ name }) => rendered(`instance-${name}.conf`, 'instance.conf', { name })),
    rendered('probe.conf'),
    rendered('firewall.nft'),
    ...['logrotate.conf', 'sysctl.conf'].map(verbatim),
    ...['units', 'bin', 'lib', 'converge'].flatMap(templatesIn).map(verbatim),
  ];
}

/** One bash script that holds all the files and makes a machine that proxy, whatever it was before. Run it as root. */
export function renderConvergeScript(plan: ProxyPlan): string {
  const files = renderProxyFiles(plan);
  return renderTemplate('converge.sh', {
    files,
    delimiter: `END_${fingerprint(files)}`,
    timeLimitSeconds: TIME_LIMIT_SECONDS,
  });
}

/**
 * Ends the parts of the script: no value can contain it without knowing all the others. Outages and the numbers that
 * CDKTF gives to its tokens are left out, or the one word that an outage changes would change every part.
 */
function fingerprint(files: ProxyFile[]): string {
  const contents = files.filter(({ path }) => path !== 'wishes').map(({ content }) => content);
  return createHash('sha256')
    .update(withoutNumberTokens(contents.join('').replace(/TfToken\[[^\]]*\]/g, '')))
    .digest('hex')
    .slice(0, 16);
}

function openFilesFor(workerConnections: number): number {
  const plenty = 4 * workerConnections;
  return workerConnections > 0 && plenty > MOST_FILES ? MOST_FILES : plenty;
}

function valuesOf({ instances, routes, capacity = {}, resolvers = [], healthProbe = false }: ProxyPlan): object {
  const workerConnections = capacity.workerConnections ?? DEFAULT_CONNECTIONS;
  const named = instances.map(({ name, outage, longestOutageSeconds, fenced = false, privateAddresses }) => ({
    name,
    user: `cdr-${name}`,
    outage: outage ?? '-',
    longest: longestOutageSeconds ?? '-',
    fenced: fenced === 'told' ? '-' : String(fenced),
    privateAddresses: privateAddresses ?? false,
  }));
  return {
    instances: named,
    privateInstances: named.filter(({ privateAddresses }) => privateAddresses),
    routes,
    resolvers,
    healthProbe,
    healthPort: HEALTH_PORT,
    healthPath: HEALTH_PATH,
    workerConnections,
    workerProcesses: capacity.workerProcesses ?? 'auto',
    openFiles: capacity.openFiles ?? openFilesFor(workerConnections),
    idleTimeoutSeconds: capacity.idleTimeoutSeconds ?? 86400,
    connectTimeoutSeconds: capacity.connectTimeoutSeconds ?? 60,
    helloTimeoutSeconds: capacity.helloTimeoutSeconds ?? 5,
    sessionsPerClient: capacity.sessionsPerClient ?? false,
  };
}
