import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { LabApi } from '../../src/background/lab-api';

const FOR_EVER_MS = 600_000;

describe('the API of a lab', () => {
  let server: Server;

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function apiOf(listener: RequestListener, limits: { readMs: number; writeMs: number }): Promise<LabApi> {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new LabApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, limits);
  }

  test.each([
    ['reads', { readMs: 1, writeMs: FOR_EVER_MS }, (api: LabApi) => api.get('/lab'), 'GET /lab within 0.001 s'],
    [
      'changes',
      { readMs: FOR_EVER_MS, writeMs: 1 },
      (api: LabApi) => api.delete('/faults/f-1'),
      'DELETE /faults/f-1 within 0.001 s',
    ],
  ])('is not waited for without end when it %s', async (_, limits, ask, late) => {
    const api = await apiOf(() => undefined, limits);
    await expect(ask(api)).rejects.toThrow(`the lab did not answer ${late}`);
  });

  test('takes its time for a change, such as brokers that have to start', async () => {
    const api = await apiOf((_, response) => setTimeout(() => response.writeHead(204).end(), 50), {
      readMs: 1,
      writeMs: FOR_EVER_MS,
    });
    expect(await api.delete('/faults/f-1')).toBeUndefined();
  });
});
