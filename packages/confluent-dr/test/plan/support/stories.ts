import { type ModelWorld } from './model-world';

/** What may have happened before somebody calls for the runbook. */
export const STORIES: Readonly<Record<string, (world: ModelWorld) => void>> = {
  'nothing has happened': () => undefined,
  'there is traffic, and the mirrors lag': (world) => world.produce('primary', 100),
  'it was switched over': (world) => {
    world.operate('secondary', 'reverse-and-start-mirror');
    world.wait();
    world.produce('secondary', 30);
  },
  'one topic was switched over': (world) => {
    world.operate('secondary', 'reverse-and-start-mirror', ['payments']);
    world.wait();
  },
  'a reversal has just begun': (world) => {
    world.produce('primary', 50);
    world.operate('secondary', 'reverse-and-start-mirror', ['orders', 'payments']);
  },
  'it was switched over and back': (world) => {
    STORIES['it was switched over'](world);
    world.operate('primary', 'reverse-and-start-mirror');
    world.wait();
  },
  'a reversal back has just begun': (world) => {
    STORIES['it was switched over'](world);
    world.operate('primary', 'reverse-and-start-mirror', ['refunds']);
  },
  'one mirror is paused': (world) => {
    world.operate('secondary', 'pause', ['refunds']);
    world.produce('primary', 20);
  },
  'the primary is lost': (world) => {
    world.produce('primary', 100);
    world.lose('primary');
  },
  'the primary was lost for long': (world) => {
    STORIES['the primary is lost'](world);
    world.wait(400);
  },
  'the primary was lost in the middle of a reversal': (world) => {
    STORIES['a reversal has just begun'](world);
    world.lose('primary');
  },
  'the primary is lost, and one topic was failed over': (world) => {
    STORIES['the primary is lost'](world);
    world.operate('secondary', 'failover', ['orders']);
    world.wait();
  },
  'the primary is back after a failover': (world) => {
    STORIES['the primary is lost'](world);
    world.operate('secondary', 'failover');
    world.wait();
    world.produce('secondary', 10);
    world.bringBack('primary');
    world.wait();
  },
  'the primary is back after a failover, and one topic is being restored': (world) => {
    STORIES['the primary is back after a failover'](world);
    world.operate('primary', 'truncate-and-restore', ['payments']);
  },
  'it was switched over and back, and then the primary was lost and came back': (world) => {
    STORIES['it was switched over and back'](world);
    STORIES['the primary is back after a failover'](world);
  },
  'the secondary is lost after a switch-over': (world) => {
    STORIES['it was switched over'](world);
    world.lose('secondary');
  },
  'one topic is being promoted': (world) => {
    world.operate('secondary', 'promote', ['payments']);
  },
  'a promotion waits for the lost primary': (world) => {
    world.produce('primary', 100);
    world.operate('secondary', 'promote', ['payments']);
    world.lose('primary');
  },
  'the link of the secondary is paused': (world) => world.pauseLink('secondary', true),
};
