import type { Role } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import { limitable } from './limitable.ts';

/** Made for functions and APIs: what writes their logs and traces, and polls for their events. */
const forFunctions = /ExecutionRole|XRay|LambdaInsights|PushToCloudWatchLogs$|^CDK$/i;
const everyResource = /^(\*|arn:aws:[a-z0-9-]+:\*?:\*?:\*)$/;

/** What a statement allows on every resource, although it could be allowed on single ones. */
async function broadActions({ effect, actions, exceptActions, resources, conditions }: Statement) {
  if (effect !== 'Allow' || !resources.some((resource) => everyResource.test(resource))) return [];
  // A condition may say which resources are meant.
  if (Object.keys(conditions).length > 0) return [];
  if (exceptActions) return ['*'];
  return limitable(actions);
}

/** What a policy that nobody has written for the role allows it on every resource. */
export async function managedBreadth({ statements }: Role, policy: string): Promise<string[]> {
  if (forFunctions.test(policy)) return [];
  const own = statements.filter(({ readyMade }) => readyMade === policy);
  return (await Promise.all(own.map(broadActions))).flat();
}
