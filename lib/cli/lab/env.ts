import { labVariables } from '../../lab/background/terraform-environment';
import { type LabOptions, printJson, theLab } from './the-lab';

/** Prints keys and passwords as well; they open nothing but the lab. */
export async function env(options: LabOptions): Promise<void> {
  const { record } = await theLab(options);
  const variables = labVariables(record, process.env);
  if (options.json) {
    printJson(variables);
    return;
  }
  for (const [name, value] of Object.entries(variables)) {
    console.log(`export ${name}='${value.replaceAll("'", String.raw`'\''`)}'`);
  }
}
