import { join } from 'node:path';

/** A file of the package's `data/`, which stands beside `src/` and beside `dist/`. */
export const dataFile = (name: string): string => join(__dirname, '../../data', name);
