// cdktf records the whole stack of every token, and jest looks each frame up in a source map: most of a synth's time.
jest.mock('cdktf/lib/tokens/private/stack-trace', () => ({ captureStackTrace: () => [] }));
