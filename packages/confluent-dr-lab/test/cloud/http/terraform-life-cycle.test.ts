import { Drill } from '../support/drill';
import { closeLabs, Lab, LINK } from '../support/lab';
import { type Side } from '../support/model-pair';

afterEach(closeLabs);

const SIDES: readonly Side[] = ['primary', 'secondary'];

describe('the calls of Terraform and the runbook', () => {
  async function deployed(options: { readonly acls: boolean }): Promise<Drill> {
    const drill = new Drill(await Lab.start());
    for (const side of SIDES) {
      await drill.access(side);
    }
    await drill.kafka('primary', 'POST /topics', { topic_name: 'orders', partitions_count: 6, configs: [] });
    for (const side of options.acls ? SIDES : []) {
      await drill.acls(side);
    }
    await drill.link('secondary');
    await drill.link('primary');
    const mirror = { source_topic_name: 'orders', mirror_topic_name: 'orders', configs: [] };
    expect((await drill.kafka('secondary', `POST /links/${LINK}/mirrors`, mirror)).status).toBe(204);
    return drill;
  }

  test('switch over and fail back', async () => {
    const drill = await deployed({ acls: true });
    expect(await drill.reverse('secondary')).toMatchObject({ error_code: null });
    expect([await drill.status('secondary'), await drill.status('primary')]).toEqual(['STOPPED', 'ACTIVE']);
    expect(await drill.reverse('primary')).toMatchObject({ error_code: null });
    expect([await drill.status('secondary'), await drill.status('primary')]).toEqual(['ACTIVE', 'STOPPED']);
  });

  test('fail without the ACLs of step 8 although the roles are there, and work after the cure', async () => {
    const drill = await deployed({ acls: false });
    expect(await drill.reverse('secondary')).toMatchObject({
      error_code: 40301,
      error_message: expect.stringMatching(/Missing ACLs/) as unknown,
    });
    expect(await drill.status('secondary')).toBe('ACTIVE');
    for (const side of SIDES) {
      await drill.acls(side);
    }
    expect(await drill.reverse('secondary')).toMatchObject({ error_code: null });
  });

  test('tear down what was failed back, and stumble over a live mirror on the primary otherwise', async () => {
    const drill = await deployed({ acls: true });
    await drill.reverse('secondary');
    expect((await drill.kafka('secondary', 'DELETE /topics/orders')).status).toBe(204);
    expect((await drill.kafka('primary', `DELETE /links/${LINK}`)).status).toBe(400);
    expect((await drill.kafka('primary', 'DELETE /topics/orders')).status).toBe(204);
    for (const side of SIDES) {
      expect((await drill.kafka(side, `DELETE /links/${LINK}`)).status).toBe(200);
      expect((await drill.kafka(side, `GET /links/${LINK}`)).status).toBe(404);
    }
  });
});
