export { type ConsumerGroupRow, type ConsumerLagRow } from './consumer-group-rows';
export { HostFinder, type HostFinderOptions, type HostLookup, type HostRoute } from './host-finder';
export { DEFAULT_TIME_LIMITS, type HttpClientOptions, type TimeLimits } from './http-client';
export {
  type CallOptions,
  KafkaRestClient,
  type KafkaRestClientOptions,
  type OperationOptions,
} from './kafka-rest-client';
export * from './kafka-rest-rows';
export {
  MIRROR_OPERATIONS,
  type MirrorOperation,
  type OperationOutcome,
  type PartitionTruncation,
} from './mirror-operation';
export { DEFAULT_REPETITION, type RepetitionLimits } from './repetition';
export { type RequestEvent, type RequestListener } from './request-event';
export {
  type Effect,
  FAILURE_KINDS,
  type FailureKind,
  RequestFailure,
  type RequestFailureProps,
} from './request-failure';
export { type ExporterStatus, SchemaRegistryClient } from './schema-registry-client';
export { type Credentials } from './secrets';
