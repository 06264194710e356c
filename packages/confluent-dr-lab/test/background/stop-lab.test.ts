import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, Program } from '../../../../test/support/waiting';
import { stopLab } from '../../src/background/background-lab';
import { LabFolder, type LabRecord } from '../../src/background/lab-folder';

test('a lab is down once its process has ended, also where nobody asks for its end, as in many a container', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'stop-lab-'));
  // It is named as a lab's; who started it becomes a program that waits for nobody.
  const lab = `exec -a background/process sleep 600`;
  const child = spawn('bash', ['-c', `(${lab}) & echo $!; exec sleep 600`], { stdio: ['ignore', 'pipe', 'pipe'] });
  const parentOfLab = new Program(child, 'its parent');
  try {
    const pid = Number(await eventually(() => parentOfLab.said, Boolean, { died: parentOfLab.died }));
    await stopLab(new LabFolder(join(parent, 'lab')), { pid } as LabRecord, { keep: false });
    expect(parentOfLab.died()).toBeUndefined();
  } finally {
    child.kill('SIGKILL');
    rmSync(parent, { recursive: true });
  }
});
