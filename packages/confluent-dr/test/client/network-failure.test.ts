import { networkFailure } from '../../src/client/request-failure';

function error(code: string, others: object = {}, message = 'it failed'): Error {
  return Object.assign(new Error(message), { code, ...others });
}

describe('an error of the network', () => {
  test.each([
    [error('ECONNREFUSED', { syscall: 'connect' }), 'refused', false],
    [error('EHOSTUNREACH', { syscall: 'connect' }), 'unreachable', false],
    [error('ENETUNREACH', { syscall: 'connect' }), 'unreachable', false],
    [error('ETIMEDOUT', { syscall: 'connect' }), 'timeout', false],
    [error('ETIMEDOUT', { syscall: 'read' }), 'timeout', true],
    [error('UND_ERR_CONNECT_TIMEOUT'), 'timeout', false],
    [error('CERT_HAS_EXPIRED'), 'tls', false],
    [error('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls', false],
    [error('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', false],
    [error('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls', false],
    [error('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls', false],
    [error('ECONNRESET', { syscall: 'read' }), 'cut', true],
    [
      error('ECONNRESET', {}, 'Client network socket disconnected before secure TLS connection was established'),
      'cut',
      false,
    ],
    [error('UND_ERR_SOCKET', {}, 'other side closed'), 'cut', true],
    [error('SOMETHING_NEW'), 'cut', true],
  ])('%p is %s, sent: %p', (thrown, kind, sent) => {
    expect(networkFailure(thrown)).toEqual({ kind, sent, detail: thrown.message });
  });

  test('of several addresses is that of the first', () => {
    const both = new AggregateError([new Error('connect ECONNREFUSED 10.0.0.1:443'), new Error('other')]);
    const failure = networkFailure(Object.assign(both, { code: 'ECONNREFUSED' }));
    expect(failure).toEqual({ kind: 'refused', sent: false, detail: 'connect ECONNREFUSED 10.0.0.1:443' });
  });
});
