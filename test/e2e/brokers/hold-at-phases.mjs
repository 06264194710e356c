/**
 * Loaded into the process of a drill by NODE_OPTIONS: there it stands still at each place of the drill for which HOLD_FOLDER
 * has a file `hold-<place>`, until that file is gone. So a test meets phases that are over in a moment on any machine.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const folder = process.env.HOLD_FOLDER;
const LOOK_INTERVAL_MS = 5;
const moment = new Int32Array(new SharedArrayBuffer(4));
const rename = fs.renameSync;

/** A journal takes its place by a new name: then it tells where the drill is. */
fs.renameSync = (from, to) => {
  rename(from, to);
  const place = String(from).endsWith('.tmp') ? placeIn(to) : undefined;
  const hold = place && join(folder, `hold-${place}`);
  if (hold && fs.existsSync(hold)) {
    const at = join(folder, `at-${place}`);
    fs.writeFileSync(`${at}.draft`, String(process.pid));
    rename(`${at}.draft`, at);
    while (fs.existsSync(hold)) {
      Atomics.wait(moment, 0, 0, LOOK_INTERVAL_MS);
    }
  }
};
syncBuiltinESMExports();

function placeIn(file) {
  const { under_way: underWay, run = [], steady_states: steady } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const last = run.at(-1);
  const moves = { failover: 'move', failback: 'move-back' };
  return underWay?.name ?? (steady?.after || last?.status !== 'succeeded' ? undefined : moves[last.activity.name]);
}
