import { type TerraformCode, type TerraformRemark } from '../plan/terraform-outlook';
import { type Advice, topicsInWords } from './advice';

type Words = (remark: TerraformRemark, topics: string, are: 'is' | 'are') => Advice;

const WAIT_FOR_ANSWER = 'Wait until it answers. To toggle only the proxy, run Terraform with -refresh=false.';
const FAIL_BACK_FIRST =
  'Fail back first, and destroy when the primary serves every topic; -refresh=false makes it worse.';
const DELETED = 'a destroy deletes that, without a question, whatever it holds.';

const WORDS: Readonly<Record<TerraformCode, Words>> = {
  'refresh-away': ({ on, told }) => ({
    cause: `The ${on} does not answer: ${told}. A refresh reads all resources of both members.`,
    cure: WAIT_FOR_ANSWER,
  }),
  'refresh-declined': ({ on, told }) => ({
    cause: `The ${on} answers, but does not tell: ${told}. A refresh reads all resources of both members.`,
    cure: WAIT_FOR_ANSWER,
  }),
  'mirror-unreadable': ({ on, told }, topics) => ({
    cause: `The mirror of ${topics} on the ${on} is ${told}, which the provider cannot read: every plan, apply and destroy with a refresh fails.`,
    cure: 'Wait until it is ACTIVE or STOPPED. To toggle only the proxy, run Terraform with -refresh=false.',
  }),
  'mirror-replaced': ({ on }, topics, are) => ({
    cause: `On the ${on}, ${topics} ${are} no mirror: the plan wants to create one, and the apply fails because the topic exists.`,
    cure: 'Do not apply. Import or remove the mirror from the configuration, keeping the topic.',
  }),
  'topic-made-anew': ({ on }, topics, are) => ({
    cause: `On the ${on}, ${topics} ${are} missing: the plan wants to create it anew.`,
    cure: 'Read the plan before it is applied, and find out who deleted the topic.',
  }),
  'destroys-active-topic': (_remark, topics, are) => ({
    cause: `On the secondary, ${topics} ${are} active: ${DELETED}`,
    cure: FAIL_BACK_FIRST,
  }),
  'destroys-topic-of-both': (_remark, topics) => ({
    cause: `On both sides, ${topics} can be written to: ${DELETED}`,
    cure: FAIL_BACK_FIRST,
  }),
  'destroys-topic-of-nobody': (_remark, topics) => ({
    cause: `Changing sides, or a mirror on both: ${topics}; ${DELETED}`,
    cure: FAIL_BACK_FIRST,
  }),
  'destroys-unseen-topic': (_remark, topics) => ({
    cause: `A member does not tell, and ${topics} may be active on the secondary: ${DELETED}`,
    cure: FAIL_BACK_FIRST,
  }),
};

export const terraformInWords = (remark: TerraformRemark): Advice =>
  WORDS[remark.code](remark, topicsInWords(remark.topics), remark.topics.length === 1 ? 'is' : 'are');
