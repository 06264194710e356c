import { TERRAFORM_CODES, type TerraformCode } from '../plan/terraform-outlook';
import { type OwnReasonCode, type Reason } from '../report/ready/rules';
import { type ConcernCode } from '../report/status/concerns';
import { topicsInWords } from './advice';
import { concernInWords } from './concerns';
import { terraformInWords } from './terraform';

const MOST_NAMES = 5;

function some(names: readonly string[] = []): string {
  return `${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : ''}`;
}

const OWN_WORDS: Readonly<Record<OwnReasonCode, (reason: Reason) => string>> = {
  'in-lab': () => 'not all hosts of a lab go through a proxy',
  'no-proxy': () => 'the deployment names no proxy',
  'no-exporters': () => 'the deployment names no schema exporter',
  'member-silent': ({ on }) => `the ${on} does not tell`,
  'key-refused': ({ on, told }) => `the ${on} refuses its key: ${told}`,
  'not-active': ({ names = [] }) => topicsInWords(names),
  'groups-unknown': () => 'groups, or the filters of the link, are not told',
  'groups-left-out': ({ names }) => some(names),
  'host-wrong': ({ names }) => some(names),
  'host-not-tried': ({ names }) => `not tried: ${some(names)}`,
  'proxy-not-seen': () => 'the proxy has not reported, or nothing was seen that would tell',
  'proxy-disagrees': ({ on, told = '' }) => {
    const [wished, seen] = told.split(', ');
    return `${on}: told ${wished}, and is ${seen}`;
  },
  'standby-blocked': ({ on, told }) => `the proxy blocks clients of the ${on} (${told}), which could not move there`,
  'control-plane-fails': ({ told = '' }) => told,
  'control-plane-not-asked': () => 'a lab tells its control plane by its environment alone: lab env, or lab exec',
  'switch-over-refused': ({ told = '' }) => `its plan is refused: ${told}`,
  'operation-objected': ({ on, names = [], told }) =>
    `the ${on} would refuse it for ${topicsInWords(names)}${told === undefined ? '' : `: ${told}`}`,
  'switch-over-not-asked': () => 'which member serves is not certain, so that nothing was asked',
};

const isOwn = (code: Reason['code']): code is OwnReasonCode => code in OWN_WORDS;
const isTerraform = (code: Reason['code']): code is TerraformCode => TERRAFORM_CODES.some((own) => own === code);

/** Why a rule is not met, or does not apply. */
export function reasonInWords(reason: Reason): string {
  const { code, on, names: topics = [], told, records } = reason;
  if (isOwn(code)) {
    return OWN_WORDS[code](reason);
  }
  if (isTerraform(code)) {
    return terraformInWords({ code, on, topics, told }).cause;
  }
  return concernInWords({ code: code satisfies ConcernCode, on, topics, told, records });
}
