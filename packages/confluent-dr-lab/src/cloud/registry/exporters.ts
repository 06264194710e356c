import { conflict, invalid, notFound } from '../refusal';
import { cloudFault, type CloudState } from '../state';
import { type ExporterState } from '../vocabulary';
import { type Exporter, type ExporterSettings, type SchemaRegistry } from './records';

const CONTEXT_TYPES = ['AUTO', 'CUSTOM', 'NONE', 'DEFAULT'];

export function createExporter(
  state: CloudState,
  registry: SchemaRegistry,
  name: string,
  settings: ExporterSettings,
): Exporter {
  if (name === '') {
    throw invalid('The exporter needs a name.', 422);
  }
  if (registry.exporters.has(name)) {
    throw conflict(`Exporter with name ${name} already exists`, 40950);
  }
  checkContext(settings);
  const readyAt = state.now + state.timing.exporterStartMs;
  const exporter: Exporter = { name, settings, state: 'STARTING', readyAt, offset: 0, changedAt: state.now };
  registry.exporters.set(name, exporter);
  return exporter;
}

export function findExporter(registry: SchemaRegistry, name: string): Exporter {
  const exporter = registry.exporters.get(name);
  if (!exporter) {
    throw notFound(`Exporter ${name} not found`, 40450);
  }
  return exporter;
}

/** STARTING becomes RUNNING by time; a fault makes it ERROR, whatever it was. */
export function exporterState(state: CloudState, registry: SchemaRegistry, exporter: Exporter): ExporterState {
  if (cloudFault(state, 'exporter-error', registry.id, exporter.name)) {
    return 'ERROR';
  }
  return exporter.state === 'STARTING' && exporter.readyAt <= state.now ? 'RUNNING' : exporter.state;
}

export function pauseExporter(state: CloudState, exporter: Exporter): void {
  exporter.state = 'PAUSED';
  exporter.changedAt = state.now;
}

export function resumeExporter(state: CloudState, exporter: Exporter): void {
  if (exporter.state === 'PAUSED') {
    exporter.state = 'STARTING';
    exporter.readyAt = state.now + state.timing.exporterStartMs;
    exporter.changedAt = state.now;
  }
}

/** Starts the export over; only a paused exporter may be reset. */
export function resetExporter(state: CloudState, exporter: Exporter): void {
  refuseUnlessPaused(exporter, 'reset');
  exporter.offset = 0;
  exporter.changedAt = state.now;
}

/** Only a paused exporter may be changed. What is left out stays. */
export function updateExporter(state: CloudState, exporter: Exporter, change: Partial<ExporterSettings>): void {
  refuseUnlessPaused(exporter, 'updated');
  const settings = { ...exporter.settings, ...change };
  checkContext(settings);
  exporter.settings = settings;
  exporter.changedAt = state.now;
}

export function deleteExporter(registry: SchemaRegistry, name: string): void {
  refuseUnlessPaused(findExporter(registry, name), 'deleted');
  registry.exporters.delete(name);
}

function refuseUnlessPaused({ name, state }: Exporter, what: string): void {
  if (state !== 'PAUSED') {
    throw conflict(`Exporter ${name} must be paused before it is ${what}`, 40964);
  }
}

function checkContext({ contextType }: ExporterSettings): void {
  if (!CONTEXT_TYPES.includes(contextType)) {
    throw invalid(`Context type is ${contextType}; allowed are ${CONTEXT_TYPES.join(', ')}.`, 42200);
  }
}
