// cdktf records the whole stack of every token, and jest looks each frame up in a source map: most of a synth's time.
jest.mock('cdktf/lib/tokens/private/stack-trace', () => ({ captureStackTrace: () => [] }));
// What packs assets takes a quarter of the time that cdktf takes to load, and is loaded where something is packed.
jest.mock(
  'cdktf/node_modules/archiver',
  () =>
    (...args: unknown[]): unknown =>
      jest.requireActual<(...args: unknown[]) => unknown>('cdktf/node_modules/archiver')(...args),
);
