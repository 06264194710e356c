export { readTraffic, waitForQuiet } from './read-traffic';
export {
  type DisturbedOperation,
  type DisturbedStep,
  type GroupTraffic,
  isQuiet,
  type Traffic,
  trafficBetween,
  type TrafficLook,
  type Untold as UntoldTraffic,
} from './traffic';
