import { LabWithProxy } from './lab-with-proxy';

/** A process with a lab in the folder of its argument: it says `ready`, and goes on until it is killed. */
async function begin(): Promise<void> {
  const world = new LabWithProxy(process.argv[2]);
  await world.start();
  await world.converge('blackhole');
  console.log('ready');
}

void begin();
