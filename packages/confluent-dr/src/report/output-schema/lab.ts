import * as z from 'zod';
import { list } from './common';

const places = z
  .record(z.string(), z.strictObject({ id: z.string(), url: z.string() }))
  .describe('Members, registries and the control plane by what the lab calls them');

const lab = {
  running: z.literal(true),
  project: z.string().describe('Its folder; left out where --folder named the lab').optional(),
  folder: z.string().describe('Of the lab'),
  id: z.string(),
  pid: z.int(),
  startedAt: z.string(),
  places,
  proxy: z
    .strictObject({
      kind: z.enum(['nginx', 'vm']).describe("What a VM is: this machine's nginx, or a machine of its own").optional(),
      caFile: z.string(),
      httpsPort: z.int().describe('In the place of 443'),
    })
    .describe('Where what is deployed to VMs runs here, as a proxy')
    .optional(),
  lacks_for_proxy: z.string().describe('What this machine lacks for that').optional(),
};

/** What `confluent-dr lab up --json` prints. */
export const LAB_UP_DOCUMENT = z.strictObject({
  ...lab,
  var_file: z
    .strictObject({
      file: z.string(),
      ignored: list(z.string()).describe('Variables that it sets to something else than a text, a number or a flag'),
      made_up: list(z.string()).describe('Variables that it does not set'),
    })
    .describe('Where --var-file was given')
    .optional(),
});

const fault = z
  .looseObject({ id: z.string(), kind: z.string(), target: z.string().optional() })
  .describe('With the limits that it was given')
  .meta({ id: 'fault' });

const broker = z.strictObject({ name: z.string(), address: z.string(), port: z.int(), pid: z.int().optional() });

const kafka = z
  .strictObject({
    caFile: z.string(),
    hostsFile: z.string().describe('Where the names of brokers are answered, in the form of /etc/hosts'),
    clusters: z.record(z.string(), z.strictObject({ bootstrap: z.string(), brokers: list(broker) })),
    link: z.strictObject({ pid: z.int().optional() }).describe('The process that copies, where there is one'),
  })
  .meta({ id: 'kafka' });

const proxies = list(
  z.strictObject({
    machine: z.string(),
    address: z.string(),
    status: z.looseObject({}).describe('As confluent-dr-proxy status prints it'),
    pids: z.record(z.string(), z.int().optional()).describe("This machine's, of its nginx"),
    firstProcess: z.int().describe('Process 1 of a VM that is a machine of its own, and on').optional(),
  }),
);

/** What `confluent-dr lab status --json` prints. */
export const LAB_STATUS_DOCUMENT = z.union([
  z.strictObject({ running: z.literal(false), stuck: z.boolean().describe('A process is there, and does not answer') }),
  z.strictObject({
    ...lab,
    kafka: kafka.describe('Of a lab with brokers').optional(),
    proxies: proxies.optional(),
    faults: list(fault),
  }),
]);

/** What `confluent-dr lab down --json` prints. */
export const LAB_DOWN_DOCUMENT = z.union([
  z.strictObject({ stopped: z.literal(false), removed: z.boolean().describe('Something that an earlier one left') }),
  z.strictObject({ stopped: z.literal(true), kept: z.boolean().describe('The clouds, by --keep') }),
]);

/** What `confluent-dr lab env --json` prints: variables and their values, with keys that open nothing but the lab. */
export const LAB_ENV_DOCUMENT = z.record(z.string(), z.string());

/** What `confluent-dr lab events --json` prints. */
export const LAB_EVENTS_DOCUMENT = z.strictObject({
  events: list(
    z.strictObject({
      number: z.int(),
      at: z.string().describe("In the lab's time"),
      target: z.string(),
      caller: z.string().optional(),
      method: z.string(),
      path: z.string(),
      status: z.int().describe('0 where there was no answer'),
      faults: list(z.string()).optional(),
    }),
  ).describe('The newest last'),
});

/** What `confluent-dr lab produce --json` prints. */
export const LAB_PRODUCE_DOCUMENT = z.strictObject({ member: z.string(), topic: z.string(), count: z.int().min(0) });

/** What `confluent-dr lab fault add --json` prints. */
export const LAB_FAULT_ADD_DOCUMENT = fault;

/** What `confluent-dr lab fault list --json` prints. */
export const LAB_FAULT_LIST_DOCUMENT = z.strictObject({ faults: list(fault) });

/** What `confluent-dr lab fault clear --json` prints. */
export const LAB_FAULT_CLEAR_DOCUMENT = z.strictObject({ cleared: list(z.string()).describe('Their ids') });
