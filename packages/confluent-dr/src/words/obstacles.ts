import { type Obstacle } from '../operating/operation-run';
import { missingAclsInWords } from './acls';
import { type Advice } from './advice';

/** Why a topic cannot go on, and what to do about it; the topic is not named, so that it holds for many. */
export function obstacleInWords(obstacle: Obstacle): Advice {
  const { on } = obstacle;
  switch (obstacle.code) {
    case 'acls-not-created':
      return {
        cause: `ACLs could not be created on the ${on} (${missingAclsInWords(obstacle.acls)}): ${obstacle.message ?? 'they were created, and are not there.'}`,
        cure: `Create them as an administrator of the ${on}, and run it again.`,
      };
    case 'operation-refused':
      return {
        cause: `The ${on} refuses ${obstacle.operation}: ${obstacle.message}`,
        cure: 'Remove the cause that it names, and run it again.',
      };
    case 'request-failed':
      return {
        cause: `The ${on} does not take the request for ${obstacle.operation}: ${obstacle.message}`,
        cure: 'Look at why the request fails, and run it again: it goes on from what the clusters tell.',
      };
    case 'not-taken':
      return {
        cause: `The ${on} accepted ${obstacle.operation}, and the mirror does not show it.`,
        cure: 'Look at the status of both sides; another operator may have turned it back. Run it again to ask once more.',
      };
    case 'turned-back':
      return {
        cause: `It was where ${obstacle.operation} on the ${on} brings it, and is not any more: somebody else is operating this pair.`,
        cure: 'Agree who operates it, and run it again.',
      };
  }
}
