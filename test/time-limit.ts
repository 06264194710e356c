// Ends what hangs: how long a test takes is the machine's affair. (Jest 30 passes over `testTimeout` of a project.)
jest.setTimeout(300_000);
