import { type Deed, type OperatingEvent } from '../../../runbook/operating';
import { topicsInWords } from './plan';

/** What is written on the line that tells how far it is; undefined where there is nothing to tell. */
export function progressLine(event: OperatingEvent): string | undefined {
  switch (event.type) {
    case 'requesting':
      return `Asking the ${event.on} for ${event.operation} of ${topicsInWords(event.topics)} …`;
    case 'progress':
      return `${event.reached} of ${event.of} topics are there after ${Math.round(event.waitedMs / 1000)} s …`;
    case 'stalled':
      return 'Nothing moves; asking why …';
    case 'lost-contact':
      return `Waiting for a member that does not answer: ${event.causes[0]}`;
    default:
      return undefined;
  }
}

/** What stays on the screen: what was done, and what answered otherwise. */
export function confirmation(event: OperatingEvent): string | undefined {
  switch (event.type) {
    case 'answered':
      return answersInWords(event.deeds);
    case 'acl-created':
      return `Created on the ${event.on}: ${event.acl}`;
    default:
      return undefined;
  }
}

function answersInWords(deeds: readonly Deed[]): string {
  const { on, operation } = deeds[0];
  const of = (kind: Deed['outcome']['kind']): Deed[] => deeds.filter(({ outcome }) => outcome.kind === kind);
  const line = (kind: Deed['outcome']['kind'], words: string): string[] => {
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
