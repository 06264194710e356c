// cdktf records the whole stack of every token, and jest looks each frame up in a source map: most of a synth's time.
// In CDK Terrain, which these tests run against as well, the function has the second name.
jest.mock('cdktf/lib/tokens/private/stack-trace', () => ({
  captureStackTrace: () => [],
  captureCreationStack: () => [],
}));
// What packs assets takes a quarter of the time that cdktf takes to load, and is loaded where something is packed. CDK Terrain has none.
jest.mock(
  'cdktf/node_modules/archiver',
  () =>
    (...args: unknown[]): unknown =>
      jest.requireActual<(...args: unknown[]) => unknown>('cdktf/node_modules/archiver')(...args),
  { virtual: true },
);
