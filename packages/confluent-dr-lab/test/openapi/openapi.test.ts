import { problemsOf } from '../cloud/support/openapi';

describe('the OpenAPI check', () => {
  const answer = {
    method: 'GET',
    path: '/kafka/v3/clusters/lkc-1/links/-/mirrors',
    status: 200,
    contentType: 'application/json',
  };

  test.each([
    [
      'a number as text',
      { kind: 'k', metadata: { self: '' }, data: [{ num_partitions: '1' }] },
      /num_partitions must be integer/,
    ],
    ['a missing field', { kind: 'k', metadata: {}, data: [] }, /required property 'self'/],
    ['an unknown word', { kind: 'k', metadata: { self: '' }, data: [{ mirror_status: 'active' }] }, /allowed values/],
  ])('finds %s', (_what, body, problem) => {
    expect(problemsOf({ ...answer, body }).join()).toMatch(problem);
  });

  test('finds a wrong type of content, an unknown status, a body too much and an unknown path', () => {
    expect(problemsOf({ ...answer, contentType: 'text/plain', body: '' })).toHaveLength(1);
    expect(problemsOf({ ...answer, status: 202, body: {} })).toHaveLength(1);
    expect(
      problemsOf({ ...answer, method: 'DELETE', path: '/kafka/v3/clusters/c/topics/t', status: 204, body: {} }),
    ).toHaveLength(1);
    expect(problemsOf({ ...answer, path: '/kafka/v3/clusters/c/brokers', body: {} })).toHaveLength(1);
  });
});
