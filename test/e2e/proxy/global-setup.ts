import { collectRarely } from '../garbage-collection';
import { buildImages } from './harness/images';
import { requireTools } from './harness/tools';

/** Runs once before the suites that need a proxy on a machine of its own. */
export default async function setUp(): Promise<void> {
  collectRarely();
  requireTools();
  await buildImages();
}
