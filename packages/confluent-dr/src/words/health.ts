import { type Role } from '../observe/pair-observation';
import { type ControlPlaneHealth } from '../probe/control-plane';
import { type Finding, type FindingCode } from '../probe/findings';
import { type ProxyTruth } from '../probe/proxy-report';
import { type Advice } from './advice';

interface About extends Finding {
  /** @default - the pair, or the control plane */
  readonly on?: Role;
}

/** What it means, and what to do; no cure where nothing is amiss. */
type Words = (subject: string, about: About) => Pick<Advice, 'cause'> & Partial<Pick<Advice, 'cure'>>;

const SERVICES: Readonly<Record<NonNullable<Finding['service']>, (on?: Role) => string>> = {
  kafka: (on) => `Kafka of the ${on}`,
  rest: (on) => `The REST API of the ${on}`,
  'schema-registry': (on) => `The Schema Registry of the ${on}`,
  'control-plane': () => 'The control plane',
};

const subjectOf = ({ service, on }: About): string => (service ? SERVICES[service](on) : `The ${on}`);

/** A service, or a member as a whole. */
type Subject = 'member' | NonNullable<Finding['service']>;

/** What a service's silence costs. */
const AWAY: Readonly<Record<Subject, Words>> = {
  member: (subject) => ({
    cause: `${subject} is broken, as far as can be seen from here: it answers on no way that was tried.`,
    cure: 'Look at the status page of its cloud and at this machine’s network; status tells what can be done without it.',
  }),
  kafka: (subject) => ({ cause: `${subject} does not answer.`, cure: 'Look at the status page of its cloud.' }),
  rest: (subject) => ({ cause: `${subject} does not answer.`, cure: 'Look at the status page of its cloud.' }),
  'schema-registry': (subject) => ({
    cause: `${subject} does not answer, though clusters do not need it.`,
    cure: 'Clients that know their schemas go on. Look at the status page of its cloud before new schemas are deployed.',
  }),
  'control-plane': (subject) => ({
    cause: `${subject} does not answer: block, unblock and every apply of Terraform need it, a failover does not.`,
    cure: 'Look at the status page of Confluent Cloud and at this machine’s network, and do not count on a block until it answers.',
  }),
};

const KEY: Readonly<Record<Subject, string>> = {
  member: 'its API key',
  kafka: 'its API key',
  rest: 'its API key',
  'schema-registry': 'the API key of this registry',
  'control-plane': 'the Cloud API key (cloudKey), which is of no cluster',
};

const WORDS: Readonly<Record<FindingCode, Words>> = {
  well: (subject) => ({ cause: `${subject} answers on every way that was tried.` }),
  unknown: (subject) => ({ cause: `Nothing of the ${subject.replace('The ', '')} was tried.` }),
  'key-refused': (subject, { service }) => ({
    cause: `${subject} lives, and refuses its API key (401).`,
    cure: `Check ${KEY[service ?? 'member']}: it is wrong, was deleted, has expired, or is of something else. On the network all is well.`,
  }),
  'key-forbidden': (subject, { service = 'member' }) => ({
    cause: `${subject} lives, and its API key may not ask it (403).`,
    cure:
      service === 'control-plane'
        ? 'Give the owner of the Cloud API key a role on the cluster and its environment. On the network all is well.'
        : 'Check the roles of the key’s owner there, and IP filters. On the network all is well.',
  }),
  throttled: (subject) => ({
    cause: `${subject} lives, and is asked too much (429).`,
    cure: 'Wait a little, then check again; no key and no network is at fault.',
  }),
  'not-found': (subject, { service = 'member' }) => ({
    cause: `${subject} lives, and does not have what was asked for (404).`,
    cure: {
      member: 'Check its cluster id and endpoints. On the network all is well.',
      kafka: 'Check its cluster id and endpoints. On the network all is well.',
      rest: 'Check its cluster id and endpoints: each answers for its own cluster alone. On the network all is well.',
      'schema-registry': 'Check its endpoint, and that its Stream Governance package has schema exporters.',
      'control-plane': 'Check the ids of the environment and of the primary: the cluster is not in that environment.',
    }[service],
  }),
  'request-declined': (subject) => ({
    cause: `${subject} lives, and declines the request.`,
    cure: 'Check its cluster id and endpoints. On the network all is well.',
  }),
  'host-not-found': (subject) => ({
    cause: `${subject} has no address: DNS does not know its host.`,
    cure: 'Check the name of the host, and which DNS servers this machine asks; private link needs its private zone. That is no outage of the cluster.',
  }),
  'certificate-expired': (subject) => ({
    cause: `${subject} shows a certificate that has expired by the clock of this machine.`,
    cure: 'Compare this machine’s clock with another one first; if it is right, something else answers in its place.',
  }),
  'certificate-not-yet-valid': (subject) => ({
    cause: `${subject} shows a certificate that is not valid yet by the clock of this machine.`,
    cure: 'Set this machine’s clock: it is behind. That is no outage of the cluster.',
  }),
  'certificate-wrong': (subject) => ({
    cause: `${subject} is not who answers: the certificate is of another host, nobody vouches for it, or there is no TLS.`,
    cure: 'Check what stands between, such as a proxy that opens TLS, and the address of the host. That is no outage of the cluster.',
  }),
  'not-itself': (subject) => ({
    cause: `${subject} is not what answers there: the answer is not as its API gives it.`,
    cure: 'Check its endpoints, and what stands between, such as a gateway that asks to log in.',
  }),
  away: (subject, about) => AWAY[about.service ?? 'member'](subject, about),
  'registry-alone': (subject) => ({
    cause: `${subject} is broken, as far as can be seen from here: of its services the Schema Registry alone answers.`,
    cure: 'Look at the status page of its cloud and at this machine’s network; status tells what can be done without it.',
  }),
  'kafka-away': (subject) => ({
    cause: `${subject} answers requests of control, and no data: its REST API lives, Kafka does not.`,
    cure: 'Clients have lost it. A planned failover may still work, as it asks the REST API alone; if it hangs, go on unplanned.',
  }),
  'rest-away': (subject) => ({
    cause: `${subject} serves data, and its REST API does not answer.`,
    cure: 'Clients go on. Do not fail over for that; mirrors on it cannot be asked or turned until it answers.',
  }),
  mixed: (subject, { on }) => ({
    cause: `Kafka and its REST API of the ${on ?? subject} do not fare alike.`,
    cure: 'See each service below; a proxy that forwards one port and not the other looks like that.',
  }),
  blocked: (subject, { service, on }) => ({
    cause: `${subject} is blocked by the proxy, and works: directly it answers.`,
    cure:
      service === 'schema-registry'
        ? 'Where it is not meant to be blocked, look at the hosts that the proxy was told.'
        : on === 'primary'
          ? 'If nobody blocks it on purpose, unblock it.'
          : 'This tool blocks the primary alone: look on the proxy at who blocked it, and apply again.',
  }),
  fenced: (subject) => ({
    cause: `${subject} is fenced by the proxy, as it should be: the other member is the active one.`,
  }),
  'blocked-or-broken': (subject) => ({
    cause: `The proxy lets nobody through to ${lower(subject)}, which may be blocked or broken.`,
    cure: 'Try it directly as well to tell.',
  }),
  'only-through-proxy': (subject) => ({
    cause: `${subject} works, and cannot be reached from here but through the proxy.`,
    cure: 'Check DNS, VPN and firewall of this machine; the runbook talks with clusters past the proxy.',
  }),
  'proxy-away': (subject) => ({
    cause: `The proxy takes no connection for ${lower(subject)}, which answers directly or was not asked.`,
    cure: 'Check that the proxy runs, its address, and that it admits this machine’s address.',
  }),
  'proxy-astray': (subject) => ({
    cause: `Through the proxy ${lower(subject)} is not reached as it should be: something else answers, or answers badly.`,
    cure: 'Check that proxyAddress is the address of this deployment’s proxy, and what it was told: apply again.',
  }),
  'nothing-reached': () => ({
    cause: 'Nothing at all was reached from here.',
    cure: 'Check the network of this machine first; two clusters and a proxy seldom go at once.',
  }),
  'proxy-vms-differ': (_subject, { told }) => ({
    cause: `The VMs of the proxy do not do the same (${told ?? 'as they reported'}): a client meets the one or the other.`,
    cure: 'Apply again, which runs the command of each VM that failed; then look at the VM that is behind.',
  }),
  'both-blocked': () => ({
    cause: 'The proxy lets nobody through to either member, and both work.',
    cure: 'The proxy itself is at fault, or was told to block both: apply again, and look at its state.',
  }),
};

const lower = (subject: string): string => subject.replace(/^The /, 'the ');

/** @param on the member that it is about. @default - the pair, or the control plane */
export function findingInWords(finding: Finding, on?: Role): ReturnType<Words> {
  const about = { ...finding, ...(on && { on }) };
  return WORDS[finding.code](subjectOf(about), about);
}

/** `answers`, or why not. */
export function controlPlaneInWords(health: ControlPlaneHealth): string {
  switch (health.kind) {
    case 'not-asked':
      return 'not asked';
    case 'answers':
      return health.withKey ? 'answers' : 'answers; no Cloud API key was given to ask more';
    case 'fails':
      return `${health.code}: ${health.detail}`;
  }
}

/** What the proxy was told to do with a member's clients, and whether it does. */
export function proxyTruthInWords({ role, told, fenced, until, seen, agrees }: ProxyTruth): string {
  const block = told === 'none' ? [] : [`to block them (${told})`];
  const fence = fenced ? ['to fence it off'] : [];
  const what = [...block, ...fence].join(' and ') || 'to let clients through';
  const end = until === undefined ? '' : `, until ${until}`;
  const sentence = `For clients of the ${role} the proxy was told ${what}${end}; they are ${seen === 'open' ? 'let through' : 'blocked'}.`;
  if (agrees) {
    return sentence;
  }
  if (fenced || (told === 'none' && seen === 'open')) {
    return `${sentence} That is not as the deployment says who is active: apply again, and look at the proxy's state.`;
  }
  return seen === 'open'
    ? `${sentence} The block has ended by itself or was lifted on the machine: unblock and block again to have it back.`
    : `${sentence} Somebody blocked it since, or its instance on the proxy is down: apply again, and look at the proxy's state.`;
}
