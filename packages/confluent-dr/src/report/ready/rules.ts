import { type Finding, type ReadyFacts, type Rule } from './rule';
import { ACLS } from './rules/acls';
import { CLIENT_ACCESS } from './rules/client-access';
import { CONTROL_PLANE } from './rules/control-plane';
import { EXPORTERS } from './rules/exporters';
import { GROUP_FILTERS } from './rules/group-filters';
import { KEYS } from './rules/keys';
import { LAG } from './rules/lag';
import { LINK_TASKS } from './rules/link-tasks';
import { MIRRORS_ACTIVE } from './rules/mirrors-active';
import { PROXY_HOSTS } from './rules/proxy-hosts';
import { PROXY_STATE } from './rules/proxy-state';
import { SWITCH_OVER } from './rules/switch-over';
import { TERRAFORM_DESTROY } from './rules/terraform-destroy';
import { TERRAFORM_PLAN } from './rules/terraform-plan';
import { UNMIRRORED_TOPICS } from './rules/unmirrored-topics';

export { type OwnReasonCode, type ReadyFacts, type Reason, type Rule } from './rule';

/** All rules, by their ids. */
export const RULES: readonly Rule[] = [
  UNMIRRORED_TOPICS,
  LINK_TASKS,
  MIRRORS_ACTIVE,
  LAG,
  ACLS,
  GROUP_FILTERS,
  KEYS,
  EXPORTERS,
  PROXY_HOSTS,
  PROXY_STATE,
  CONTROL_PLANE,
  TERRAFORM_PLAN,
  TERRAFORM_DESTROY,
  SWITCH_OVER,
  CLIENT_ACCESS,
];

export interface RuleFinding extends Finding {
  readonly id: string;
  readonly title: string;
}

/** Whether a pair with these findings could be failed over. */
export const isReady = (findings: readonly Finding[]): boolean =>
  findings.every(({ verdict }) => verdict === 'met' || verdict === 'not-applicable');

export const judged = (facts: ReadyFacts): RuleFinding[] =>
  RULES.map((rule) => ({ id: rule.id, title: rule.title, ...rule.judge(facts) }));
