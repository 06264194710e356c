import { Exit } from '../../src/cli/exit';
import { canAsk, consent, type OperateOptions } from '../../src/cli/operate-options';
import { confirm as confirmed } from '../../src/cli/terminal';
import { type Question } from '../../src/execute/operation-run';
import { fakeTerminal } from './support/fake-terminal';

jest.mock('../../src/cli/terminal', () => ({
  ...jest.requireActual<object>('../../src/cli/terminal'),
  confirm: jest.fn(),
}));
const answering = jest.mocked(confirmed);

const question = (kind: Question['kind']): Question => ({
  kind,
  step: { kind: 'cure-acls', on: 'primary', missing: [] },
  records: [],
});

const NOBODY: OperateOptions = { input: false };
const KINDS = ['switch-over', 'loss', 'two-writable-sides', 'discard', 'create-acls'] as const;

describe('with nobody to ask', () => {
  test.each<[string, OperateOptions, readonly Question['kind'][]]>([
    ['no option', {}, []],
    ['--yes', { yes: true }, ['switch-over', 'two-writable-sides']],
    ['--yes --unplanned', { yes: true, unplanned: true }, ['switch-over', 'loss', 'two-writable-sides']],
    ['--unplanned', { unplanned: true }, []],
    ['--discard', { discard: true }, ['discard']],
    ['--fix-acls', { fixAcls: true }, ['create-acls']],
  ])('%s agrees to what it names and to nothing else', async (_, options, agreed) => {
    const shown: string[] = [];
    const confirm = consent({ ...NOBODY, ...options }, ({ kind }) => shown.push(kind));
    const answers: string[] = [];
    for (const kind of KINDS) {
      answers.push(...((await confirm(question(kind))) ? [kind] : []));
    }
    expect(answers).toEqual(agreed);
    // What is agreed to beforehand is shown all the same.
    expect(shown).toEqual(KINDS);
  });
});

test('--no-input means that nobody can be asked, terminal or not', () => {
  expect(canAsk(NOBODY)).toBe(false);
});

describe('with somebody to ask', () => {
  let restore: () => void;
  beforeEach(() => {
    restore = fakeTerminal(process.stdin, process.stderr);
  });
  afterEach(() => restore());

  test.each([true, false])('the answer %s counts', async (answer) => {
    answering.mockResolvedValue(answer);
    expect(await consent({}, () => undefined)(question('discard'))).toBe(answer);
  });

  test('Ctrl-C is a no, and interrupts', async () => {
    answering.mockRejectedValue(new Exit(130));
    const interrupt = jest.fn();
    expect(await consent({}, () => undefined, interrupt)(question('loss'))).toBe(false);
    expect(interrupt).toHaveBeenCalledTimes(1);
  });
});
