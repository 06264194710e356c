import { type Command } from 'commander';
import { commands } from '../../../lib/cli/main';
import { describedCommands } from '../support/output-schema';

const elsewhere = ['lab', 'proxy'];

function withJson(command: Command, path: readonly string[] = []): string[] {
  const own = command.options.some(({ long }) => long === '--json') ? [path.join('-')] : [];
  const below = command.commands
    .filter((child) => path.length > 0 || !elsewhere.includes(child.name()))
    .flatMap((child) => withJson(child, [...path, child.name()]));
  return [...own, ...below];
}

test('each command of the run book that prints JSON has a schema for it, and there is no other schema', () => {
  expect(withJson(commands()).sort()).toEqual([...describedCommands].sort());
});
