import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nextStepsTable } from './next-steps';

const DOCS = join(__dirname, '../../docs');

writeFileSync(join(DOCS, 'next-steps.md'), nextStepsTable());
