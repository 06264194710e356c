import { noteUse } from '../background/terraform-data';
import { labVariables, realVariables } from '../background/terraform-environment';
import { printDocument } from './json-output';
import { type LabOptions, theLab } from './running-lab';

/** Prints keys and passwords as well; they open nothing but the lab. */
export async function env(options: LabOptions): Promise<void> {
  const { folder, record } = await theLab(options);
  noteUse(folder, record, process.cwd());
  const variables = labVariables(folder, record, process.env);
  if (options.json) {
    printDocument('lab-env', variables);
    return;
  }
  realVariables(process.env).forEach((name) => console.log(`unset ${name}`));
  for (const [name, value] of Object.entries(variables)) {
    console.log(`export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`);
  }
}
