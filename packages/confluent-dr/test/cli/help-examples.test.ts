import { type Command } from 'commander';
import { commands, problemOf } from '../../../../test/support/documents/commands';
import { allCommands as toolCommands } from '../support/all-commands';

/** The whole help of a command, with what was added to it. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

function every(command: Command, path: readonly string[]): { path: string; command: Command }[] {
  const below = command.commands.flatMap((child) => every(child, [...path, child.name()]));
  return [{ path: path.join(' '), command }, ...below];
}

const groups = ['confluent-dr', 'confluent-dr proxy', 'confluent-dr config', 'confluent-dr lab'];
const all = every(toolCommands(), ['confluent-dr']);

describe('the examples of the help', () => {
  test.each(all)('of $path are commands that exist, with options that exist', ({ command }) => {
    const code = helpOf(command)
      .split('\n')
      .filter((line) => line.startsWith('  $ '))
      .map((line) => line.trim())
      .join('\n');
    const problems = commands([{ language: 'console', code, line: 0 }])
      .filter(({ words: [name] }) => name.startsWith('confluent-dr') || name === 'npx')
      .map((line) => problemOf(line))
      .filter((problem) => problem !== undefined);
    expect(problems).toEqual([]);
  });

  test('are there for every command that does something in an outage', () => {
    const without = all
      .filter(({ path }) => !groups.includes(path) && !path.startsWith('confluent-dr lab '))
      .filter(({ command }) => !helpOf(command).includes('$ confluent-dr'))
      .map(({ path }) => path);
    expect(without).toEqual([]);
  });
});
