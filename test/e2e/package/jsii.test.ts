import * as library from '../../../lib';
import { JsiiAssembly } from './jsii-assembly';

/** jsii compiles what other languages could use: it refuses what their types cannot say, such as a choice of types. */
describe('the public API, compiled by jsii', () => {
  let assembly: JsiiAssembly;

  beforeAll(() => {
    assembly = new JsiiAssembly();
  });

  afterAll(() => assembly.remove());

  test('has no error, and no warning but of a word that C# has for itself', () => {
    const warnings = assembly.output.match(/warning JSII\d+: .*/g);
    expect(warnings).toEqual([expect.stringContaining('"internal" is a reserved word in C#.')]);
    expect(assembly.output).toMatch(/Errors: 0 \| Warnings: 1/);
    expect(assembly.status).toBe(0);
  });

  test('has every class that the library exports', () => {
    const classes = Object.entries(library)
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name);
    expect(assembly.types.filter(({ kind }) => kind === 'class').map(({ name }) => name)).toEqual(classes.sort());
  });

  test('takes interfaces where it takes a construct, so that one’s own will do', () => {
    const constructs = assembly.types.filter(
      ({ kind, base }) => kind === 'class' && /^(constructs|cdktf)\./.test(base ?? ''),
    );
    expect(constructs.map(({ name }) => name)).toContain('ConfluentClusterPair');
    const props = assembly.types.filter(({ datatype }) => datatype);
    expect(props.map(({ name }) => name)).toContain('BidirectionalClusterLinkProps');
    const concrete = props.flatMap(({ name, properties = [] }) =>
      properties
        .filter(({ type }) => constructs.some(({ fqn }) => JSON.stringify(type).includes(`"${fqn}"`)))
        .map((property) => `${name}.${property.name}`),
    );
    expect(concrete).toEqual([]);
  });
});
