const traces = jest.requireActual<Record<string, () => string[]>>('cdktf/lib/tokens/private/stack-trace');
// In CDK Terrain, which these tests run against as well, there is a second one.
const recorders = Object.entries(traces).filter(([name]) =>
  ['captureStackTrace', 'captureCreationStack'].includes(name),
);

// cdktf records the whole stack of every token, and jest looks each frame up in a source map: most of a synth's time.
recorders.forEach(([name]) => (traces[name] = () => []));
afterAll(recordStacks);

/** For a test of these stacks. */
export function recordStacks(): void {
  recorders.forEach(([name, recorder]) => (traces[name] = recorder));
}

// What packs assets takes a quarter of the time that cdktf takes to load, and is loaded where something is packed. CDK Terrain has none.
jest.mock(
  'cdktf/node_modules/archiver',
  () =>
    (...args: unknown[]): unknown =>
      jest.requireActual<(...args: unknown[]) => unknown>('cdktf/node_modules/archiver')(...args),
  { virtual: true },
);
