import { type LabRecord } from './lab-folder';

interface Limits {
  readonly readMs: number;
  /** Brokers that were killed start while the end of their fault is asked for. */
  readonly writeMs: number;
}

const LIMITS: Limits = { readMs: 10_000, writeMs: 300_000 };

/** The lab's own API, as somebody on the same machine calls it. */
export class LabApi {
  constructor(
    private readonly url: string,
    private readonly limits: Limits = LIMITS,
  ) {}

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
    const limitMs = method === 'GET' ? this.limits.readMs : this.limits.writeMs;
    const signal = AbortSignal.timeout(limitMs);
    const headers = body && { 'content-type': 'application/json' };
    const request = { method, headers, body: body && JSON.stringify(body), signal };
    const [answer, text] = await fetch(`${this.url}/lab/v1${path}`, request)
      .then(async (response) => [response, await response.text()] as const)
      .catch((error: Error) => {
        const late = `the lab did not answer ${method} ${path} within ${limitMs / 1000} s`;
        throw signal.aborted ? new Error(late, { cause: error }) : error;
      });
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    if (!answer.ok) {
      throw new Error((parsed as { message?: string } | undefined)?.message ?? `${method} ${path}: ${answer.status}`);
    }
    return parsed;
  }
}
