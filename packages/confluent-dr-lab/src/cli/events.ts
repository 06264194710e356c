import { LabApi } from '../background/lab-api';
import { type Event } from '../cloud';
import { printDocument } from './json-output';
import { type LabOptions, targetId, theLab } from './running-lab';

interface EventOptions extends LabOptions {
  readonly target?: string;
  readonly last?: number;
}

export async function events(options: EventOptions): Promise<void> {
  const { target, last = Infinity, json } = options;
  const { record } = await theLab(options);
  const query = target === undefined ? '' : `?target=${encodeURIComponent(targetId(target, record.sample))}`;
  const found = (await new LabApi(record.url).get(`/events${query}`)) as { events: Event[] };
  const newest = found.events.slice(Math.max(0, found.events.length - last));
  if (json) {
    printDocument('lab-events', { events: newest });
  } else {
    newest.forEach((event) => console.log(line(event)));
  }
}

function line(event: Event): string {
  const { at, target, method, path, status, caller } = event;
  return [at, target.padEnd(14), method.padEnd(6), String(status), path, caller ?? ''].join(' ');
}
