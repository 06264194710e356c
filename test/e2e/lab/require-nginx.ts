import { findNginx } from '../../../packages/confluent-dr-lab/src/nginx/find-nginx';

/** Fails, rather than skips, with what is missing. */
export function requireNginx(): void {
  const found = findNginx();
  if (typeof found === 'string') {
    throw new Error(`This suite runs the lab's proxy, and this machine has no ${found}`);
  }
}
