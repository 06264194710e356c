import { type Role } from '../pair';
import { type MemberHealth, type MemberVerdict } from './member-verdict';
import { isAlive, type Outcome } from './outcome';

/** What it means, and what to do; no cure where nothing is amiss. */
export interface Advice {
  readonly meaning: string;
  readonly cure?: string;
}

const ADVICE: Record<MemberVerdict, (role: Role) => Advice> = {
  well: (role) => ({ meaning: `The ${role} answers on every way that was tried.` }),
  declines: (role) => ({
    meaning: `The ${role} lives and says no.`,
    cure: 'Check its API key and the roles of the key’s owner; on the network all is well.',
  }),
  blocked: (role) => ({
    meaning: `The ${role} is blocked by the proxy, and works: directly it answers.`,
    cure: 'If nobody blocks it on purpose, unblock it: confluent-dr unblock.',
  }),
  broken: (role) => ({
    meaning: `The ${role} is broken, as far as can be seen from here: it answers on no way that was tried.`,
    cure: 'Look at the status page of its cloud and at this machine’s network, then decide on a failover.',
  }),
  'blocked-or-broken': (role) => ({
    meaning: `The proxy lets nobody through to the ${role}, which may be blocked or broken.`,
    cure: 'Try it directly as well to tell: confluent-dr check --direct.',
  }),
  'only-through-proxy': (role) => ({
    meaning: `The ${role} works, and cannot be reached from here but through the proxy.`,
    cure: 'Check DNS, VPN and firewall of this machine; the run book talks with clusters past the proxy.',
  }),
  'proxy-away': (role) => ({
    meaning: `The proxy takes no connection for the ${role}, which answers directly or was not asked.`,
    cure: 'Check that the proxy runs, its address, and that it admits this machine’s address.',
  }),
  'proxy-astray': (role) => ({
    meaning: `Through the proxy the ${role} is not reached as it should be: something else answers, or answers badly.`,
    cure: 'Check the address of the proxy and what it was told: apply again.',
  }),
  mixed: (role) => ({ meaning: `Kafka and its REST API of the ${role} do not fare alike.`, cure: 'See each service.' }),
  unknown: (role) => ({ meaning: `Nothing of the ${role} was tried.` }),
};

const KEY_REFUSED = ['unauthorized', 'forbidden'];

/** What helps hangs on how a member said no. */
function cureOfRefusal(refusals: MemberHealth['refusals']): string | undefined {
  if (refusals.length === 0 || refusals.some((kind) => KEY_REFUSED.includes(kind))) {
    return undefined;
  }
  return refusals.every((kind) => kind === 'throttled')
    ? 'It is asked too much (429): wait a little, then check again. On the network all is well.'
    : 'Check its cluster id and endpoints: confluent-dr config show. On the network all is well.';
}

export function adviceOn({ role, verdict, services, refusals }: MemberHealth): Advice {
  const [kafka, rest] = [
    services.find(({ service }) => service === 'kafka'),
    services.find(({ service }) => service === 'rest'),
  ];
  if (verdict === 'mixed' && kafka?.verdict === 'broken') {
    return {
      meaning: `The ${role} answers requests of control, and no data: ${rest?.verdict === 'well' ? 'its REST API works' : 'its REST API lives'}, Kafka does not.`,
      cure: 'Clients have lost it. A planned failover may still work, as it asks the REST API alone; if it hangs, go on unplanned.',
    };
  }
  if (verdict === 'mixed' && rest?.verdict === 'broken') {
    return {
      meaning: `The ${role} serves data, and its REST API does not answer.`,
      cure: 'Clients go on. Do not fail over for that; mirrors on it cannot be asked or turned until it answers.',
    };
  }
  const said = ADVICE[verdict](role);
  if (verdict === 'declines') {
    return { ...said, cure: cureOfRefusal(refusals) ?? said.cure };
  }
  const registry = services.find(({ service }) => service === 'schema-registry');
  if (verdict === 'broken' && registry && Object.values(registry.outcomes).some(isAlive)) {
    return {
      ...said,
      meaning: `The ${role} is broken, as far as can be seen from here: of its services the Schema Registry alone answers.`,
    };
  }
  return said;
}

const UNREACHED: readonly Outcome[] = ['no-address', 'no-connection'];

/** What only both members together tell; undefined if nothing. */
export function adviceOnPair(members: readonly MemberHealth[]): Advice | undefined {
  const tried = members.flatMap(({ services }) =>
    services.flatMap(({ outcomes }) => [outcomes.direct, outcomes.proxy].filter((outcome) => outcome !== 'not-tried')),
  );
  if (tried.length > 0 && tried.every((outcome) => UNREACHED.includes(outcome))) {
    return {
      meaning: 'Nothing at all was reached from here.',
      cure: 'Check the network of this machine first; two clusters and a proxy seldom go at once.',
    };
  }
  if (members.length > 1 && members.every(({ verdict }) => verdict === 'blocked')) {
    return {
      meaning: 'The proxy lets nobody through to either member, and both work.',
      cure: 'The proxy itself is at fault, or was told to block both: apply again, and look at its state.',
    };
  }
  return undefined;
}
