import { LabApi } from '../background/lab-api';
import { type Event } from '../cloud/index';
import { BadInput } from './ending';
import { printDocument } from './json-output';
import { clusterIdOf, type LabOptions, targetId, theLab } from './running-lab';

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

interface ProduceOptions extends LabOptions {
  readonly count?: number;
}

export async function produce(member: string, topic: string, options: ProduceOptions): Promise<void> {
  const { record } = await theLab(options);
  const { count = 1, json } = options;
  const path = `/clusters/${clusterIdOf(member, record.sample)}/topics/${encodeURIComponent(topic)}/records`;
  await new LabApi(record.url).post(path, { count }).catch((error: Error) => {
    throw new BadInput(`the topic ${topic} on the ${member} takes no records: ${error.message}`);
  });
  if (json) {
    printDocument('lab-produce', { member, topic, count });
  } else {
    console.log(`Wrote ${count} records to ${topic} on the ${member}.`);
  }
}
