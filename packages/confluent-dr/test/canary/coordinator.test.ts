import { onceCoordinated } from '../../src/canary/kafka/client';

const refusal = (apiId: string): Error => Object.assign(new Error('refused'), { errors: [{ apiId }] });

test('what asks a coordinator that comes up is asked again until it is there', async () => {
  const answers = [refusal('COORDINATOR_NOT_AVAILABLE'), refusal('COORDINATOR_LOAD_IN_PROGRESS'), 'there'];
  const answered = onceCoordinated(() => {
    const answer = answers.shift()!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  expect(await answered).toBe('there');
  expect(answers).toEqual([]);
});

test('any other refusal is one at once', async () => {
  let calls = 0;
  const refused = onceCoordinated(() => {
    calls += 1;
    return Promise.reject(refusal('GROUP_AUTHORIZATION_FAILED'));
  });
  await expect(refused).rejects.toThrow('refused');
  expect(calls).toBe(1);
});
