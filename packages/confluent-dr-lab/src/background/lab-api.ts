import { type LabRecord } from './lab-folder';

const PATIENCE_MS = 10_000;

/** The lab's own API, as somebody on the same machine calls it. */
export class LabApi {
  constructor(private readonly url: string) {}

  /** Whether this very lab answers there, rather than another or something else. */
  public async isOf({ id }: LabRecord): Promise<boolean> {
    const found = await this.get('/lab').catch(() => undefined);
    return (found as { id?: string } | undefined)?.id === id;
  }

  public get(path: string): Promise<unknown> {
    return this.send('GET', path);
  }

  public post(path: string, body: object): Promise<unknown> {
    return this.send('POST', path, body);
  }

  public put(path: string, body: object): Promise<unknown> {
    return this.send('PUT', path, body);
  }

  public delete(path: string): Promise<unknown> {
    return this.send('DELETE', path);
  }

  private async send(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown> {
    const answer = await fetch(`${this.url}/lab/v1${path}`, {
      method,
      headers: body && { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await answer.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    if (!answer.ok) {
      throw new Error((parsed as { message?: string } | undefined)?.message ?? `${method} ${path}: ${answer.status}`);
    }
    return parsed;
  }
}
