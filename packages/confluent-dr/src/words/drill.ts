import { type JournalNote } from '../drill/journal';
import { type DrillRequest, type ExperimentWords, type PhaseQuestion } from '../drill/phases';
import { moveRemarkInWords } from './moves';

const KINDS = { planned: '', unplanned: ', unplanned', disaster: ', in a disaster' };

/** What a drill of a pair is called in its journal. */
export const experimentInWords = ({ unplanned, disaster }: DrillRequest, pair: string): ExperimentWords => ({
  title: `Losing the primary of ${pair}${KINDS[disaster ? 'disaster' : unplanned ? 'unplanned' : 'planned']}`,
  description: 'The primary is taken away from its clients, the secondary takes over, and all goes back.',
  steadyState: 'The primary serves, and the secondary follows it',
});

/** The title without the kind of the drill: the same for all drills of a pair. */
export function pairInTitle(title: string): string {
  const kind = Object.values(KINDS).find((each) => each !== '' && title.endsWith(each)) ?? '';
  return title.slice(0, title.length - kind.length);
}

/** What is about to happen, and what somebody has to see to before, to be answered by yes or no. */
export function phaseQuestionInWords(question: PhaseQuestion): string {
  switch (question.code) {
    case 'block':
      return 'Next, the primary is taken away from the clients of the proxy. Are a producer and a consumer running?';
    case 'outage':
      return question.loser === 'lab'
        ? 'Next, the primary is lost: nothing of it answers any more. Are a producer and a consumer running?'
        : 'Next, the primary has to be lost: take it away now, in your own way. Is it gone?';
    case 'failover':
      return question.unplanned
        ? 'Next, the secondary becomes active at once; records that it does not have are lost. Is it certain that nobody writes to the primary?'
        : 'Next, primary and secondary change places. Have the producers stopped?';
    case 'unblock':
      return `Next, clients of the proxy can come to the primary again.${question.haveClientsMoved ? ' Have they moved to the secondary?' : ''}`;
    case 'recovery':
      return question.loser === 'lab'
        ? 'Next, the primary comes back. Have clients moved to the secondary?'
        : 'Next, the primary has to come back: bring it back now, in your own way. Is it there again?';
    case 'failback':
      return `Next, the primary becomes active again${question.discards ? ', and what only it has is discarded' : ''}. Have the producers${question.isProxyToggled ? ' on the secondary' : ''} stopped?`;
  }
}

const REASONS = { 'no-proof': '--no-proof', interrupted: 'interrupted' };

/** What a drill's journal says of what it noted. */
export function journalNoteInWords(note: JournalNote): string {
  switch (note.code) {
    case 'proxy-left-alone':
      return 'The proxy was left alone (--no-toggle): that it keeps clients from the primary was not tried.';
    case 'effect-untried':
      return `By ${note.phase}: nobody looked through the proxy whether it had its effect (${REASONS[note.because]}).`;
    case 'lag-untold':
      return 'By check: how late the mirrors are, the secondary did not tell.';
    case 'taken-up-without-journal':
      return `An earlier drill was taken up at ${note.from}: what came before it is not in this journal, and was not tried again.`;
    case 'killed':
      return 'It was killed: what it had done by then, nobody noted.';
    case 'traffic-before-interruption':
      return `What clients saw before the drill was interrupted is in a raw log of its own, ${note.log}, and in none of these numbers.`;
    case 'traffic-between-parts':
      return `For ${note.seconds.toFixed(1)} s, from ${note.from} on, no canary ran, as the drill had ended on the way: what clients would have seen then was not measured, and counts as a time without a record. What was acknowledged just before it and not consumed by then is not held against the consumer.`;
    case 'clients-untold':
      return `What clients logged could not be read in the end: ${note.cause}`;
    case 'traffic-stood-still':
      return `The canary itself stood still for ${note.seconds.toFixed(1)} s, from ${note.from} on${note.times > 1 ? ` (in ${note.times} parts)` : ''}: it was stopped, or its machine slept, was too busy or had its clock set. What clients would have seen then was not measured, and counts as a time without a record.`;
    case 'clock-put-back':
      return `The clock of this machine was put back by ${note.seconds.toFixed(1)} s, to ${note.at}: times before and after it cannot be held against one another.`;
    case 'traffic-unended':
      return `What clients saw: the canary did not come to its end: ${note.cause}`;
    case 'traffic-past-block':
      return 'By block: the canary went past the proxy, so that what clients of the proxy saw was not measured.';
    case 'traffic-group-shared':
      return `The group ${note.group} had other members than the canary, which read records in its place: whether all that was acknowledged was consumed was not measured.`;
    case 'served-through-block':
      return `The proxy was said to keep clients from the primary, and the canary was served there for ${(note.milliseconds / 1000).toFixed(1)} s more.`;
    case 'clients-should-not-be':
      return `Clients should not be on the ${note.on}.`;
    case 'silent': {
      const { kind, cause } = note.answer;
      return `The ${note.member} (${note.clusterId}) does not answer: ${kind}, ${cause.replace(/\.$/, '')}.`;
    }
    case 'move':
      return moveRemarkInWords(note.remark);
  }
}
