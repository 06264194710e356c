export { RUNBOOK_FORMATS, type RunbookFormat, runbookText } from './runbook-text';
