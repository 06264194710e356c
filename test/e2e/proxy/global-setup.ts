import { buildImages } from './harness/debian/images';
import { requireTools } from './harness/tools';

/** Runs once before the suites that need a proxy on a machine of its own. */
export default function setUp(): void {
  requireTools();
  buildImages();
}
