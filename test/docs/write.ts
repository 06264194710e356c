import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingsTable } from './check-findings';
import { nextStepsTable } from './next-steps';
import { readyRulesTable } from './ready-rules';

const DOCS = join(__dirname, '../../docs');

writeFileSync(join(DOCS, 'check-findings.md'), findingsTable());
writeFileSync(join(DOCS, 'ready-rules.md'), readyRulesTable());
writeFileSync(join(DOCS, 'next-steps.md'), nextStepsTable());
