import { requireTools } from './requirements';

describe('The suite on a machine that lacks something', () => {
  test('fails with the names of what is missing', () => {
    expect(() => requireTools(['java', 'no-such-tool', 'another'])).toThrow(
      'these tests need no-such-tool (apt-get install no-such-tool), another (apt-get install another)',
    );
  });
});
