import { isToBeShut, type Proof, type ProofFinding, type DesiredAccess } from '../execute/toggle-proof';
import { type Untried } from '../probe/probe-result';

const UNTRIED_WORDS: Readonly<Record<Untried, string>> = {
  'not-wished-for': 'not wished for',
  'led-to-proxy': 'this machine is led to the proxy instead; ask DNS itself',
  'proxy-unknown': 'the address of the proxy is not known',
  'lab-without-brokers': 'the lab has no brokers; lab up --kafka gives it some',
  'lab-without-proxy': 'no proxy runs in the lab',
  'lab-registry-unnamed': 'the registries of a lab have no names that a proxy could go by',
  'lab-proxy-elsewhere': 'the proxy of the deployment does not run in the lab; deploy its VM anew',
  'lab-without-tls': 'no TLS there: the lab is on loopback',
  'failed-before': 'what comes before it failed',
};

/** Why a way was not tried: the end of a sentence. */
export const untriedInWords = (untried: Untried): string => UNTRIED_WORDS[untried];

/** Why there is no proof: the end of a sentence. */
export const impossibleInWords = ({ because, detail }: Extract<Proof, { kind: 'impossible' }>): string =>
  because === 'deployment-unknown' ? (detail ?? 'the deployment is not known') : untriedInWords(because);

const SEEN = { 'let-through': 'is let through', 'shut-out': 'is shut out', failing: 'fails otherwise' } as const;

export function proofFindingInWords(finding: ProofFinding, wished: DesiredAccess): string {
  switch (finding.code) {
    case 'reported': {
      const { told } = finding;
      const state = told === 'none' ? 'let through' : `blocked (${told})`;
      return `The proxy reports that clients of the primary are ${state}.`;
    }
    case 'reported-fence': {
      const { on, fenced, agrees } = finding;
      const wrong = agrees ? '' : `, and ${fenced ? 'should not be' : 'should be'}`;
      return `The proxy reports that the ${on} is ${fenced ? '' : 'not '}fenced${wrong}.`;
    }
    case 'not-tried': {
      const { on, service, untried } = finding;
      const why = untried === undefined ? '' : `: ${untriedInWords(untried)}`;
      return `Through the proxy, ${service} of the ${on} was not tried${why}.`;
    }
    case 'let-through':
    case 'shut-out':
    case 'failing': {
      const { code, on, service, host, port, agrees, detail } = finding;
      const wrong = agrees ? '' : `, and should be ${isToBeShut(wished, on) ? 'shut out' : 'let through'}`;
      const end = detail === undefined ? '' : `: ${detail}`;
      return `Through the proxy, ${service} of the ${on} (${host}:${port}) ${SEEN[code]}${wrong}${end}.`;
    }
  }
}
