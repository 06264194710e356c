import { malformed, objectIn } from './error-answer';
import { type HostRoute } from './host-finder';
import { HttpClient, type HttpClientOptions } from './http-client';
import { type CallOptions } from './kafka-rest-client';

/** As Schema Registry tells it. */
export interface ExporterStatus {
  readonly name: string;
  /** `STARTING`, `RUNNING`, `PAUSED` or `ERROR`. */
  readonly state: string;
  /** How far it has read. */
  readonly offset?: number;
  /** Of the last export; milliseconds since 1970. */
  readonly ts?: number;
  /** What went wrong, if the state is `ERROR`. */
  readonly trace?: string;
}

/** The exporters of one Schema Registry. */
export class SchemaRegistryClient {
  private readonly http: HttpClient;

  constructor(options: HttpClientOptions) {
    this.http = new HttpClient(options);
  }

  /** Which way its host was found. */
  public get route(): HostRoute {
    return this.http.route;
  }

  /** Names of the exporters. */
  public async exporters(options: CallOptions = {}): Promise<string[]> {
    const names = await this.read('/exporters', options);
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
      throw malformed(this.asked('/exporters'), 'no list of names');
    }
    return names;
  }

  public async exporterStatus(name: string, options: CallOptions = {}): Promise<ExporterStatus> {
    const path = `/exporters/${encodeURIComponent(name)}/status`;
    const status = objectIn((await this.read(path, options)) as Partial<ExporterStatus>, this.asked(path));
    if (typeof status.state !== 'string') {
      throw malformed(this.asked(path), 'no "state" in it');
    }
    const { state, offset, ts, trace } = status;
    return {
      name,
      state,
      ...(typeof offset === 'number' && { offset }),
      ...(typeof ts === 'number' && { ts }),
      ...(typeof trace === 'string' && { trace }),
    };
  }

  public close(): Promise<void> {
    return this.http.close();
  }

  private async read(path: string, { signal }: CallOptions): Promise<unknown> {
    return (await this.http.send({ method: 'GET', path, effect: 'read', signal })).body;
  }

  private asked(path: string): Parameters<typeof malformed>[0] {
    return { method: 'GET', url: this.http.url + path, effect: 'read' };
  }
}
