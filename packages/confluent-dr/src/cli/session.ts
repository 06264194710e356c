import { HostFinder } from '../client/host-finder';
import { type RequestListener } from '../client/http-client';
import { KafkaRestClient } from '../client/kafka-rest-client';
import { SchemaRegistryClient } from '../client/schema-registry-client';
import { type DeployedMember, type Deployment, type KnownValues, UnusableDeployment } from '../deployment/deployment';
import { outputsOfFolder } from '../deployment/folder-outputs';
import { resolveDeployment } from '../deployment/resolve';
import { RUNBOOK_DOCUMENT } from '../deployment/runbook-document';
import { isProxyApart, placeOfProxy, readSources } from '../deployment/sources';
import { type MemberSource, type ReadingScope } from '../observe/member-reader';
import { observePair, type PairSource, type SeenPair } from '../observe/observe-pair';
import { type Role, ROLES } from '../observe/pair-observation';
import { endAtOnce } from './ending';
import { BadInput } from './exit';
import { type DeploymentOptions, type SessionOptions } from './options';
import { workplaceOf } from './workplace';

/** What the proxy said when it converged last, by the output of the folder that it is deployed from; empty where that has none. */
export async function proxyReport(options: DeploymentOptions, signal: AbortSignal): Promise<string> {
  const { proxy_report: value } = await outputsOfProxy(options, signal);
  return typeof value === 'string' ? value : '';
}

/** The same, unless the deployment is known by a file of outputs and nobody named the proxy's folder: the current one may be any. */
export async function deployedProxyReport(options: DeploymentOptions, signal: AbortSignal): Promise<string> {
  return options.outputs === undefined || isProxyApart(options) ? proxyReport(options, signal) : '';
}

/** What of a proxy is switched from a folder, as it was applied there last. */
export interface ProxySwitches {
  /** Of the pair whose proxy it is. @default - not known */
  readonly primary?: { readonly clusterId?: string; readonly bootstrapEndpoint?: string };
  /** The one member that clients are let in to. @default - both, or it is not known */
  readonly active?: Role;
  /** Terraform's variable that says so. @default - it is not known, or something else says so */
  readonly activeVariable?: string;
  /** Whether the primary is taken away from clients, as a value of `outageVariable`. @default - not known */
  readonly outageWished?: string;
  readonly outageVariable?: string;
}

/** By the output of the folder that the proxy is deployed from, where that is applied and not by a file that may be older. */
export async function proxySwitches(options: DeploymentOptions, signal?: AbortSignal): Promise<ProxySwitches> {
  const { data } = RUNBOOK_DOCUMENT.safeParse((await outputsOfProxy(options, signal)).runbook);
  return data === undefined
    ? {}
    : {
        primary: data.primary && {
          clusterId: data.primary.cluster_id,
          bootstrapEndpoint: data.primary.bootstrap_endpoint,
        },
        active: ROLES.find((role) => role === data.active_member),
        activeVariable: data.active_variable,
        outageWished: data.outage_wished,
        outageVariable: data.outage_variable,
      };
}

async function outputsOfProxy(
  options: DeploymentOptions,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const { folder, stack } = placeOfProxy(options);
  try {
    const { text } = await outputsOfFolder(folder, { env: process.env, stack, signal });
    const outputs = JSON.parse(text) as Record<string, { readonly value?: unknown } | undefined>;
    return Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output?.value]));
  } catch (error) {
    if (error instanceof UnusableDeployment || error instanceof SyntaxError) {
      return {};
    }
    throw error;
  }
}

/** A deployment, and the clients with which a command talks with it. */
export interface Session {
  readonly deployment: Deployment;
  /** The clients of both members. */
  readonly source: PairSource;
  readonly hosts: HostFinder;
  /** Aborted by Ctrl-C; a second Ctrl-C ends the process at once. */
  readonly signal: AbortSignal;
  /** Looks at both members. */
  observe(scope?: Omit<ReadingScope, 'signal'>): Promise<SeenPair>;
  close(): Promise<void>;
}

/** Opens the session of a command; `inSession` closes it too. */
export async function openSession(options: SessionOptions, onRequest?: RequestListener): Promise<Session> {
  const interruption = interruptible();
  try {
    return sessionOf(await readDeployment(options, interruption.signal), options, interruption, onRequest);
  } catch (error) {
    interruption.end();
    throw error;
  }
}

/** Runs a command's body with a session that is closed whatever happens. */
export async function inSession<T>(
  options: SessionOptions,
  body: (session: Session) => Promise<T>,
  onRequest?: RequestListener,
): Promise<T> {
  const session = await openSession(options, onRequest);
  try {
    return await body(session);
  } finally {
    await session.close();
  }
}

/** @throws BadInput if the deployment is not known well enough */
export async function readDeployment(
  options: DeploymentOptions & Pick<SessionOptions, 'resolver'>,
  signal?: AbortSignal,
): Promise<Deployment> {
  return asBadInput(async () => {
    const values = await valuesOf(options, signal);
    const deployment = resolveDeployment(values);
    return { ...deployment, workplace: workplaceOf(options, values, deployment) };
  });
}

/** Of what can be told before there is a deployment too. @returns undefined where it is not known well enough */
export async function knownDeployment(
  options: DeploymentOptions & Pick<SessionOptions, 'resolver'>,
): Promise<Deployment | undefined> {
  try {
    return await readDeployment(options);
  } catch (error) {
    if (error instanceof BadInput) {
      return undefined;
    }
    throw error;
  }
}

/** @throws BadInput if what was given cannot be read */
export async function readValues(options: DeploymentOptions, signal?: AbortSignal): Promise<KnownValues> {
  return asBadInput(() => valuesOf(options, signal));
}

function valuesOf(options: DeploymentOptions, signal?: AbortSignal): Promise<KnownValues> {
  return readSources(options, { env: process.env, cwd: process.cwd(), signal });
}

async function asBadInput<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof UnusableDeployment ? new BadInput(error.message, { cause: error }) : error;
  }
}

function sessionOf(
  deployment: Deployment,
  { resolver }: SessionOptions,
  { signal, end }: Interruption,
  onRequest?: RequestListener,
): Session {
  const hosts = new HostFinder({ lookup: resolver });
  const common = { hosts, signal, onRequest };
  const memberSource = (member: DeployedMember): MemberSource => ({
    kafka: new KafkaRestClient({
      ...common,
      url: member.restEndpoint,
      clusterId: member.clusterId,
      credentials: member.kafkaCredentials,
    }),
    linkName: deployment.linkName,
    registry:
      member.schemaRegistry &&
      new SchemaRegistryClient({
        ...common,
        url: member.schemaRegistry.endpoint,
        credentials: member.schemaRegistry.credentials,
      }),
    principal: member.principal,
  });
  const { primary, secondary } = deployment.members;
  const source: PairSource = {
    members: { primary: memberSource(primary), secondary: memberSource(secondary) },
    topics: deployment.topics,
    leaveOut: deployment.leaveOut,
  };
  const clients = Object.values(source.members).flatMap(({ kafka, registry }) =>
    registry ? [kafka, registry] : [kafka],
  );
  return {
    deployment,
    source,
    hosts,
    signal,
    observe: (scope = {}) => observePair(source, { ...scope, signal }),
    close: async () => {
      end();
      await Promise.all(clients.map((client) => client.close()));
    },
  };
}

interface Interruption {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C back to the process. */
  readonly end: () => void;
}

/** The first Ctrl-C lets the command end in order, the second ends it; a terminal that is closed is as the first one. */
function interruptible(): Interruption {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) {
      endAtOnce();
    }
    controller.abort();
  };
  // The shell and the system both send it when a terminal is closed: a second one says nothing new.
  const hangUp = (): void => controller.abort();
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  process.on('SIGHUP', hangUp);
  return {
    signal: controller.signal,
    end: () => {
      process.removeListener('SIGINT', interrupt);
      process.removeListener('SIGTERM', interrupt);
      process.removeListener('SIGHUP', hangUp);
    },
  };
}
