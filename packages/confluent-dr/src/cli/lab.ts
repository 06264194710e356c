import { type Command } from 'commander';
import { Exit } from './exit';
import { installedLab } from './installed-lab';
import { printDocumentOf } from './json-output';
import { cdkOf, projectFolder } from './workplace';

/** The command that leads to the lab. */
export function addLab(program: Command): void {
  program
    .command('lab')
    .description('a Confluent Cloud and an Azure to rehearse with, on this machine (lab --help tells its commands)')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .argument('[words...]', 'its commands: lab --help')
    .action(async (words: string[]) => {
      const lab = await installedLab();
      const { code, message } = await lab.run(words, printDocumentOf, cdkOf(projectFolder(process.cwd())));
      if (code !== 0) {
        throw new Exit(code, message);
      }
    });
}
