import { Construct } from 'constructs';
import { informOfRule, warnOfRule } from '../../lib/validation/rules-at-synth';
import { stackOf, synthesize } from '../support/synth';

test('a rule is told of its construct with its id, once, as a warning or as information', () => {
  const stack = stackOf((scope) => {
    const it = new Construct(scope, 'It');
    new Construct(new Construct(it, 'Below'), 'Further');
    warnOfRule(it, { id: 'DR001', atSynth: 'a' }, () => ['unmirrored', 'both']);
    informOfRule(it, { id: 'DR008', atSynth: 'b' }, () => ['none']);
  });
  synthesize(stack);
  const told = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.map(({ type, data }) => [node.path, type, data as string]));
  expect(told).toEqual([
    ['test/It', '@cdktf/warn', 'DR001: unmirrored'],
    ['test/It', '@cdktf/warn', 'DR001: both'],
    ['test/It', '@cdktf/info', 'DR008: none'],
  ]);
});
