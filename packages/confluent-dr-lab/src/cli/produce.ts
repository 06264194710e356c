import { LabApi } from '../background/lab-api';
import { BadInput } from './ending';
import { printDocument } from './json-output';
import { clusterIdOf, type LabOptions, theLab } from './running-lab';

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
