import { aclInWords } from '../acls/needed-acls';
import { type OperatingEvent } from '../operating/operating-event';
import { type OperationAttempt } from '../operating/operation-attempt';
import { topicsInWords } from './advice';
import { refusalInWords } from './refusals';

/** What is written on the line that tells how far it is; undefined where there is nothing to tell. */
export function progressLine(event: OperatingEvent): string | undefined {
  switch (event.type) {
    case 'validated':
      return event.objections.length === 0 ? 'All of it would be accepted …' : undefined;
    case 'traffic': {
      const { traffic, isFinal } = event;
      const topics = traffic.producing.length;
      const groups = traffic.groups.filter(({ isActive }) => isActive).length;
      return isFinal
        ? undefined
        : `Waiting until clients on the ${traffic.on} are quiet: ${topics} topics grow, ${groups} active groups are behind or in the way …`;
    }
    case 'requesting':
      return `Asking the ${event.on} for ${event.operation} of ${topicsInWords(event.topics)} …`;
    case 'progress':
      return `${event.reached} of ${event.of} topics are there after ${Math.round(event.waitedMs / 1000)} s …`;
    case 'stalled':
      return 'Nothing moves; asking why …';
    case 'lost-contact':
      return `Waiting for a member that does not answer: ${refusalInWords(event.refusals[0]).cause}`;
    default:
      return undefined;
  }
}

/** What stays on the screen: what was done, and what answered otherwise. */
export function confirmation(event: OperatingEvent): string | undefined {
  switch (event.type) {
    case 'answered':
      return answersInWords(event.attempts);
    case 'acl-created':
      return `Created on the ${event.on}: ${aclInWords(event.acl)}`;
    default:
      return undefined;
  }
}

function answersInWords(attempts: readonly OperationAttempt[]): string {
  const { on, operation } = attempts[0];
  const of = (kind: OperationAttempt['outcome']['kind']): OperationAttempt[] =>
    attempts.filter(({ outcome }) => outcome.kind === kind);
  const line = (kind: OperationAttempt['outcome']['kind'], words: string): string[] => {
    const some = of(kind);
    const names = some.map(({ topic }) => topic);
    const [first] = some.map(({ outcome }) => ('message' in outcome ? `: ${outcome.message}` : '.'));
    return some.length === 0 ? [] : [`${words} ${topicsInWords(names)}${first}`];
  };
  return [
    ...line('accepted', `The ${on} accepted ${operation} of`),
    ...line('refused', `The ${on} refused ${operation} of`),
    ...line('failed', `The request to the ${on} for ${operation} failed, and nothing was done, of`),
    ...line('unknown', `What became of ${operation} on the ${on} is looked up, of`),
  ].join('\n');
}
