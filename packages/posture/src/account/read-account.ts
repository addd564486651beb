import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { PostureError } from '../posture-error.ts';
import type { Inventory, Resource } from '../resource.ts';
import { AccountReader, RegionOff } from './account-reader.ts';
import { linkArns } from './link-arns.ts';
import { readBuckets } from './read-buckets.ts';
import { readFunctions } from './read-functions.ts';
import { readHttpApis } from './read-http-apis.ts';
import { readLogGroups } from './read-log-groups.ts';
import { readQueues } from './read-queues.ts';
import { readRestApis } from './read-rest-apis.ts';
import { readRoles } from './read-roles.ts';
import { readRules } from './read-rules.ts';
import { readTables } from './read-tables.ts';
import { readTopics } from './read-topics.ts';
import { readUserPools } from './read-user-pools.ts';

// The SDK warns of the Node versions that it will need one day; which one Ringfence needs is in package.json.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Of all regions, so asked once. */
const global = [readRoles, readBuckets];
const regional = [
  ...[readFunctions, readRestApis, readHttpApis, readRules, readQueues, readTopics],
  ...[readTables, readLogGroups, readUserPools],
];

async function identify(region: string): Promise<string> {
  try {
    const { Account = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand());
    return Account;
  } catch (error) {
    throw new PostureError(
      `the account can't be read: ${(error as Error).message}; sign in, or name a profile with AWS_PROFILE`,
    );
  }
}

/** Undefined where the region is off. */
async function readRegion(
  region: string,
  scope: string,
  readers: readonly ((reader: AccountReader) => Promise<void>)[],
) {
  const reader = new AccountReader(region, scope);
  try {
    for (const read of readers) await read(reader);
  } catch (error) {
    if (!(error instanceof RegionOff)) throw error;
    reader.notes.add(`${scope} is not read: it is off for this account (${error.message})`);
  }
  return reader;
}

/** A live account, and which it is. */
export interface Account extends Inventory {
  /** Its number. */
  id: string;
}

/**
 * Reads what posture asks about from a live account, by calls that only read, with the credentials that the AWS SDK finds. What may not be
 * read, and regions that are off, are notes. Rejects with a `PostureError` where there are no credentials that hold.
 */
export async function readAccount(regions: readonly [string, ...string[]]): Promise<Account> {
  const id = await identify(regions[0]);
  const readers = [await readRegion(regions[0], 'global', global)];
  for (const region of regions) readers.push(await readRegion(region, region, regional));
  const names = new Map(readers.flatMap(({ arns }) => [...arns]));
  const resources = linkArns(
    readers.flatMap(({ resources }) => resources),
    names,
  );
  return {
    id,
    resources: new Map(resources.map((resource): [string, Resource] => [resource.id, resource])),
    notes: readers.flatMap(({ notes }) => [...notes]),
  };
}
