import { randomBytes } from 'node:crypto';
import { type IncomingMessage } from 'node:http';
import { type FastifyInstance } from 'fastify';
import { type Brokers } from './brokers';
import { Clock } from './clock';
import { EventLog } from './event-log';
import { type Caller } from './http/authentication';
import { CONTROL_PLANE } from './http/control-plane';
import { Endpoints } from './http/endpoints';
import { type FaultAnswer, injectFaults } from './http/fault-injection';
import { KAFKA_PLANE } from './http/kafka-plane';
import { LAB_API, labApi } from './http/lab-api';
import { type Handler, Listener } from './http/listener';
import { REGISTRY_PLANE } from './http/registry-plane';
import { type ServedCloud } from './http/served-cloud';
import { createSample, type Sample, type SampleNames } from './sample';
import { type CloudState, emptyCloud } from './state';
import { inspectable, type Snapshot, StateFile } from './state-file';
import { Timeline } from './time/timeline';
import { type Timing } from './timing';

export interface CloudOptions {
  /** The port of the control plane. @default any that is free, or the former one if there is a state file */
  readonly port?: number;
  /** Where the cloud outlives the process. A cloud that is in it already is gone on with. @default nowhere */
  readonly stateFile?: string;
  /** How long things take. @default DEFAULT_TIMING */
  readonly timing?: Partial<Timing>;
  /** Lab seconds a real second; 0 for tests that move time on themselves. @default 1 */
  readonly rate?: number;
  /** Decides all ids and secrets of a new cloud. @default a random one */
  readonly seed?: string;
  /** What the sample of a new cloud is called; false for a cloud without it. @default - new ids */
  readonly sample?: SampleNames | false;
  /** Brokers for the clusters. @default - records, groups and links are imitated */
  readonly brokers?: Brokers;
  /** More routes of the lab's own API. @default - none */
  readonly labRoutes?: (app: FastifyInstance) => void;
}

/** A running cloud. */
export interface Cloud {
  /** Of the control plane, and of the lab's own API under `/lab/v1`. */
  readonly url: string;
  /** The ids and keys of the sample; undefined if the cloud was made without. */
  readonly sample?: Sample;
  readonly clock: Clock;
  readonly events: EventLog;
  /** Changes or reads the model directly; resolves once new addresses are open. */
  perform<T>(command: (state: CloudState) => T): Promise<T>;
  /** The address of a cluster's REST API, or of a registry. */
  endpointOf(id: string): string;
  /** Looks at the model; what it looks with must change nothing. */
  observe<T>(look: (state: CloudState) => T): Promise<T>;
  /** Everything in the cloud, without secrets. */
  inspect(): Promise<unknown>;
  /** Closes every address; nothing is left behind but the state file. */
  close(): Promise<void>;
}

const SAVE_AFTER_MS = 250;
const CONTROL = 'control-plane';

/** Starts a small Confluent Cloud on loopback. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const file = options.stateFile === undefined ? undefined : new StateFile(options.stateFile);
  const earlier = await file?.read();
  const state = earlier?.state ?? emptyCloud(options.seed ?? randomBytes(16).toString('hex'), Date.now());
  state.timing = { ...state.timing, ...options.timing };
  // Time goes on where it stood, or at the present if that is later.
  const clock = new Clock(Math.max(state.now, options.rate === 0 ? 0 : Date.now()), options.rate);
  const sample = earlier ? earlier.sample : options.sample === false ? undefined : createSample(state, options.sample);
  if (earlier && state.hasBrokers !== (options.brokers ? true : undefined)) {
    throw new Error(
      state.hasBrokers
        ? `The cloud in ${options.stateFile} has brokers, which hold its records: start it with brokers again.`
        : `The cloud in ${options.stateFile} has no brokers, and records that only it knows: start it without, or begin anew.`,
    );
  }
  state.hasBrokers = options.brokers ? true : undefined;
  const { labRoutes, brokers } = options;
  const running = new RunningCloud({ state, clock, sample, file, brokers, labRoutes, ports: earlier?.ports ?? {} });
  try {
    await running.open(options.port ?? earlier?.ports[CONTROL] ?? 0);
  } catch (error) {
    // Without saving: the file still knows the addresses that could not be opened.
    await running.shut();
    throw error;
  }
  return running;
}

interface RunningCloudProps {
  readonly state: CloudState;
  readonly clock: Clock;
  readonly sample?: Sample;
  readonly file?: StateFile;
  readonly brokers?: Brokers;
  readonly labRoutes?: (app: FastifyInstance) => void;
  readonly ports: Readonly<Record<string, number>>;
}

class RunningCloud implements Cloud, ServedCloud {
  public readonly events = new EventLog();
  public readonly clock: Clock;
  public readonly sample?: Sample;
  public readonly brokers?: Brokers;
  private readonly callers = new WeakMap<IncomingMessage, Caller>();
  private readonly timeline: Timeline;
  private readonly endpoints: Endpoints;
  private readonly listener: Listener;
  private saving?: NodeJS.Timeout;

  constructor(private readonly props: RunningCloudProps) {
    this.clock = props.clock;
    this.timeline = new Timeline(props.state);
    this.sample = props.sample;
    this.brokers = props.brokers;
    const lab = (props.labRoutes ? labApi(props.labRoutes) : LAB_API).handlerOf(this);
    const control = this.withFaults(CONTROL, CONTROL_PLANE.handlerOf(this), controlFault);
    this.listener = new Listener((request, response) =>
      request.url?.startsWith('/lab/') ? lab(request, response) : control(request, response),
    );
    this.endpoints = new Endpoints((id) => this.dataPlane(id), props.ports);
  }

  public get url(): string {
    return this.listener.url;
  }

  public async open(port: number): Promise<void> {
    await this.listener.open(port);
    this.brokers?.attach({ url: this.url, change: (command) => this.change(command) });
    await this.perform(() => undefined);
    await this.save();
  }

  public async perform<T>(command: (state: CloudState) => T): Promise<T> {
    const result = this.change(command);
    await Promise.all([this.endpoints.follow(this.props.state), this.brokers?.follow()]);
    return result;
  }

  /** Without waiting for what has to follow. */
  private change<T>(command: (state: CloudState) => T): T {
    const result = this.timeline.perform(this.clock.now(), command);
    this.saveSoon();
    return result;
  }

  public async observe<T>(look: (state: CloudState) => T): Promise<T> {
    const result = this.timeline.observe(this.clock.now(), look);
    this.saveSoon();
    await this.endpoints.follow(this.props.state);
    return result;
  }

  public endpointOf(id: string): string {
    return this.endpoints.urlOf(id);
  }

  public inspect(): Promise<unknown> {
    return this.observe((state) => inspectable(state));
  }

  public noteCaller(request: { readonly raw: IncomingMessage }, caller: Caller): void {
    this.callers.set(request.raw, caller);
  }

  public async save(): Promise<void> {
    const { file, state, sample } = this.props;
    clearTimeout(this.saving);
    this.saving = undefined;
    const ports = { ...this.endpoints.ports(), [CONTROL]: this.listener.port };
    const snapshot: Snapshot = { format: 1, state, ports, sample };
    await file?.write(snapshot);
  }

  public async close(): Promise<void> {
    await this.save();
    await this.shut();
  }

  public async shut(): Promise<void> {
    await this.listener.close();
    await this.endpoints.close();
    clearTimeout(this.saving);
  }

  private saveSoon(): void {
    if (this.props.file && !this.saving) {
      this.saving = setTimeout(() => {
        // A full disk must not end the cloud; closing it, or saving by hand, fails aloud.
        this.save().catch((error: Error) => process.emitWarning(`The lab's state was not saved: ${error.message}`));
      }, SAVE_AFTER_MS).unref();
    }
  }

  private dataPlane(id: string): Handler {
    const plane = this.props.state.kafkaClusters.has(id) ? KAFKA_PLANE : REGISTRY_PLANE;
    return this.withFaults(id, plane.handlerOf({ cloud: this, id }), dataPlaneFault);
  }

  private withFaults(target: string, handler: Handler, answer: FaultAnswer): Handler {
    const { events, clock, callers } = this;
    return injectFaults({ target, state: this.props.state, clock, events, callers, answer, handler });
  }
}

/** Kafka REST's 429 comes from the web server before it, and is a page. */
const dataPlaneFault: FaultAnswer = (status, message) =>
  status === 429
    ? { contentType: 'text/html', body: `<html><body><h2>HTTP ERROR 429 ${message}</h2></body></html>` }
    : json({ error_code: status, message });

const controlFault: FaultAnswer = (status, detail) =>
  json({ errors: [{ id: `lab-${status}`, status: String(status), code: String(status), detail, source: {} }] });

function json(body: object): ReturnType<FaultAnswer> {
  return { contentType: 'application/json', body: JSON.stringify(body) };
}
