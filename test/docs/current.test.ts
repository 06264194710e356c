import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingsTable } from './check-findings';
import { nextStepsTable } from './next-steps';
import { readyRulesTable } from './ready-rules';

/** How wide a column is, is the formatter's. */
const plain = (text: string): string => text.replace(/-+/g, '-').replace(/[ \n]+/g, ' ');

test.each([
  ['check-findings.md', findingsTable],
  ['next-steps.md', nextStepsTable],
  ['ready-rules.md', readyRulesTable],
])('docs/%s is what npm run docs writes', (file, made) => {
  expect(plain(readFileSync(join(__dirname, '../../docs', file), 'utf8'))).toBe(plain(made()));
});
