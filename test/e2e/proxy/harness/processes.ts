import { readFileSync } from 'node:fs';
import { type Machine } from '../../../../packages/confluent-dr-lab/src/machine/machine';

/** The nginx processes of a machine, by their ids inside. */
export async function nginxProcesses(machine: Machine): Promise<string[]> {
  const { stdout } = await machine.run(['pgrep', '-x', 'nginx']);
  return stdout.split('\n').filter(Boolean).sort();
}

/** Processor time that all nginx processes have used. */
export async function nginxCpuMs(machine: Machine): Promise<number> {
  const ticks = (await nginxProcesses(machine)).map((pid) => {
    const fields = readFileSync(machine.path(`/proc/${pid}/stat`), 'utf8')
      .split(') ')[1]
      .split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, tick) => sum + tick, 0) * 10;
}

/** Memory of all nginx processes; what they share is counted once. */
export async function nginxMemoryKib(machine: Machine): Promise<number> {
  const sizes = (await nginxProcesses(machine)).map((pid) => {
    const text = readFileSync(machine.path(`/proc/${pid}/smaps_rollup`), 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1]);
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}
