import { valuesOfOutputs } from '../../src/deployment/outputs';
import { describedValues } from '../../src/deployment/resolve';
import { valuesOfEnvironment, valuesOfOptions } from '../../src/deployment/sources';
import { configText, shownValues } from '../../src/words/config';
import { PLAIN } from '../../src/words/text-style';
import { OWN_OUTPUTS } from '../deployment/support/outputs';

const values = shownValues(
  describedValues({
    sources: [
      valuesOfOptions(['proxyAddress=203.0.113.9']),
      valuesOfEnvironment({ CONFLUENT_DR_PRIMARY_KAFKA_SECRET: 'secret-of-environment' }),
      valuesOfOutputs(JSON.stringify(OWN_OUTPUTS), 'outputs.json'),
    ],
  }),
);

describe('config show', () => {
  test.each([60, 140])('in %d columns', (width) => {
    expect(configText(values, { width, paint: PLAIN })).toMatchSnapshot();
  });

  test('shows no secret, but that it is there', () => {
    expect(JSON.stringify(values)).not.toContain('secret-of');
    expect(values.filter(({ value }) => value === '(set)').map(({ name }) => name)).toEqual([
      'primary.kafkaSecret',
      'primary.schemaRegistrySecret',
      'secondary.kafkaSecret',
    ]);
  });

  test('paints where it may', () => {
    const text = configText(values.slice(0, 1), { width: 80, paint: (style, each) => `<${style}>${each}</>` });
    expect(text).toContain('<bold>output runbook of outputs.json</>');
  });
});
