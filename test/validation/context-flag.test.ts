import { ContextFlag } from '../../lib/validation/context-flag';
import { Problems } from '../../lib/validation/problems';
import { stackOf } from '../support/synth';

test.each<[string, Record<string, unknown>, boolean | undefined, string[]]>([
  ['true', { lab: true }, true, []],
  ["'true'", { lab: 'true' }, true, []],
  ['false', { lab: false }, false, []],
  ["'false'", { lab: 'false' }, false, []],
  ['nothing', {}, undefined, []],
  ['another key', { other: true }, undefined, []],
  ...['TRUE', '', 1, 0, null, ['true']].map((received): [string, Record<string, unknown>, undefined, string[]] => [
    JSON.stringify(received),
    { lab: received },
    undefined,
    [
      `context lab: received ${typeof received === 'string' ? `'${received}'` : JSON.stringify(received)}, allowed: ` +
        `true or false, as a boolean or as a text. Set it as in CDKTF_CONTEXT_JSON='{"lab":true}', or leave it out.`,
    ],
  ]),
])('%s in the context', (_what, context, value, complaints) => {
  const flag = new ContextFlag(
    stackOf(() => undefined, context),
    'lab',
  );
  const problems = new Problems();
  flag.check(problems);
  expect(flag.received).toBe(context.lab);
  expect(flag.value).toBe(value);
  expect(problems.list()).toEqual(complaints);
});
