import { type LabFolder } from '../../lab/background/lab-folder';
import { type LabRecord } from '../../lab/background/lab-record';

/** What runs where: for a person, and as JSON. Keys and secrets are in `lab env` alone. */
export function describeLab(record: LabRecord): string {
  return Object.entries(places(record))
    .map(([name, { id, url }]) => `  ${name.padEnd(20)} ${id.padEnd(14)} ${url}`)
    .join('\n');
}

export function labAsJson({ path, project }: LabFolder, record: LabRecord): object {
  const { id, pid, startedAt } = record;
  return { running: true, project, folder: path, id, pid, startedAt, places: places(record) };
}

interface Place {
  readonly id: string;
  readonly url: string;
}

function places({ url, sample, endpoints }: LabRecord): Record<string, Place> {
  const at = (id: string): Place => ({ id, url: endpoints[id] });
  return {
    'control plane': { id: '', url },
    primary: at(sample.primary.clusterId),
    secondary: at(sample.secondary.clusterId),
    'primary registry': at(sample.primary.registryId),
    'secondary registry': at(sample.secondary.registryId),
  };
}
