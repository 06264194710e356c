import { failingBack } from './chapters/failing-back';
import { failingOver } from './chapters/failing-over';
import { looking } from './chapters/looking';
import { outage } from './chapters/outage';
import { preparation } from './chapters/preparation';
import { terraform } from './chapters/terraform';
import { curlText } from './curl-text';
import { type RunbookText } from './document';
import { markdown } from './markdown';
import { Requests } from './requests';
import { type Subject } from './subject';

export const RUNBOOK_FORMATS = ['markdown', 'curl'] as const;
export type RunbookFormat = (typeof RUNBOOK_FORMATS)[number];

/** The run book of a deployment, to be read by people and done by hand. It holds no secret. */
export function runbookText(subject: Subject, format: RunbookFormat): string {
  const { members } = subject;
  const requests = new Requests(subject);
  const document: RunbookText = {
    title: `Failover of ${members.primary.clusterId} to ${members.secondary.clusterId}, and back`,
    chapters: [
      ...preparation(subject),
      ...looking(subject, requests),
      ...outage(subject),
      ...failingOver(subject, requests),
      ...failingBack(subject, requests),
      ...terraform(subject),
    ],
  };
  return format === 'markdown' ? markdown(document) : curlText(document);
}
