import * as z from 'zod';
import { CANARY_DOCUMENT } from './canary';
import { CHECK_DOCUMENT } from './check';
import { ERROR_DOCUMENT } from './common';
import { DRILL_DOCUMENT } from './drill';
import { FAILOVER_DOCUMENT } from './failover';
import {
  LAB_DOWN_DOCUMENT,
  LAB_ENV_DOCUMENT,
  LAB_EVENTS_DOCUMENT,
  LAB_FAULT_ADD_DOCUMENT,
  LAB_FAULT_CLEAR_DOCUMENT,
  LAB_FAULT_LIST_DOCUMENT,
  LAB_PRODUCE_DOCUMENT,
  LAB_STATUS_DOCUMENT,
  LAB_UP_DOCUMENT,
} from './lab';
import { LAG_DOCUMENT } from './lag';
import {
  ACL_DOCUMENT,
  CLIENTS_DOCUMENT,
  CONFIG_SHOW_DOCUMENT,
  GUIDE_DOCUMENT,
  HOSTS_DOCUMENT,
  PROXY_RENDER_DOCUMENT,
  READY_DOCUMENT,
  REPORT_DOCUMENT,
  TOGGLE_DOCUMENT,
} from './small';
import { STATUS_DOCUMENT } from './status';

/** What each command prints with `--json`, by its name; `error` is what all of them print where there is nothing else. */
export const DOCUMENTS = {
  acl: ACL_DOCUMENT,
  block: TOGGLE_DOCUMENT,
  canary: CANARY_DOCUMENT,
  check: CHECK_DOCUMENT,
  clients: CLIENTS_DOCUMENT,
  'config-show': CONFIG_SHOW_DOCUMENT,
  drill: DRILL_DOCUMENT,
  error: ERROR_DOCUMENT,
  failback: FAILOVER_DOCUMENT,
  failover: FAILOVER_DOCUMENT,
  hosts: HOSTS_DOCUMENT,
  'lab-down': LAB_DOWN_DOCUMENT,
  'lab-env': LAB_ENV_DOCUMENT,
  'lab-events': LAB_EVENTS_DOCUMENT,
  'lab-fault-add': LAB_FAULT_ADD_DOCUMENT,
  'lab-fault-clear': LAB_FAULT_CLEAR_DOCUMENT,
  'lab-fault-list': LAB_FAULT_LIST_DOCUMENT,
  'lab-produce': LAB_PRODUCE_DOCUMENT,
  'lab-status': LAB_STATUS_DOCUMENT,
  'lab-up': LAB_UP_DOCUMENT,
  lag: LAG_DOCUMENT,
  'proxy-render': PROXY_RENDER_DOCUMENT,
  ready: READY_DOCUMENT,
  report: REPORT_DOCUMENT,
  runbook: GUIDE_DOCUMENT,
  status: STATUS_DOCUMENT,
  unblock: TOGGLE_DOCUMENT,
} as const;

export type DocumentName = keyof typeof DOCUMENTS;

export const DOCUMENT_NAMES = Object.keys(DOCUMENTS) as DocumentName[];

/** What a caller may give to be printed. */
export type DocumentOf<Name extends DocumentName> = z.input<(typeof DOCUMENTS)[Name]>;

/** A document's JSON Schema, as the package has it in `packages/confluent-dr/dist/output-schema`. */
export function publishedSchema(name: DocumentName): Record<string, unknown> {
  return {
    $id: `https://cdktf-confluent-dr.invalid/output-schema/${name}.json`,
    title: name === 'error' ? 'any command that ends in an error' : `confluent-dr ${name.replaceAll('-', ' ')} --json`,
    ...z.toJSONSchema(DOCUMENTS[name]),
  };
}
