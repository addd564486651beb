import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { PostureError } from '../posture-error.ts';
import type { Inventory, Resource, Unjudged } from '../resource.ts';
import { AccountReader, messageOf } from './account-reader.ts';
import { type AccountAction, askedBy } from './actions.ts';
import { linkArns } from './link-arns.ts';
import { readBuckets } from './read-buckets.ts';
import { readDistributions } from './read-distributions.ts';
import { readFunctions } from './read-functions.ts';
import { readGraphqlApis } from './read-graphql-apis.ts';
import { readHttpApis } from './read-http-apis.ts';
import { readIdentityPools } from './read-identity-pools.ts';
import { readKeys } from './read-keys.ts';
import { readLayers } from './read-layers.ts';
import { readLoadBalancers } from './read-load-balancers.ts';
import { readLogGroups } from './read-log-groups.ts';
import { readNetworks } from './read-networks.ts';
import { readPipes } from './read-pipes.ts';
import { readQueues } from './read-queues.ts';
import { readRestApis } from './read-rest-apis.ts';
import { readRoles } from './read-roles.ts';
import { readRules } from './read-rules.ts';
import { readSchedules } from './read-schedules.ts';
import { readSecrets } from './read-secrets.ts';
import { readStateMachines } from './read-state-machines.ts';
import { readStreams } from './read-streams.ts';
import { readTables } from './read-tables.ts';
import { readTopics } from './read-topics.ts';
import { readUserPools } from './read-user-pools.ts';

// The SDK warns of the Node versions that it will need one day; which one Ringfence needs is in package.json.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** What is read at the same time, and the action that each begins with. */
type Readers = readonly [AccountAction, (reader: AccountReader) => Promise<void>][];

const GLOBAL = 'global';

/** Of all regions, so asked once. */
const global: Readers = [
  ['iam:GetAccountAuthorizationDetails', readRoles],
  ['s3:ListAllMyBuckets', readBuckets],
  ['cloudfront:ListDistributions', readDistributions],
];

const readFunctionsWithNetworks = async (reader: AccountReader) => {
  await readFunctions(reader);
  await readNetworks(reader);
};

const regional: Readers = [
  ['lambda:ListFunctions', readFunctionsWithNetworks],
  ['lambda:ListLayers', readLayers],
  ['apigateway:GET', readRestApis],
  ['apigateway:GET', readHttpApis],
  ['appsync:ListGraphqlApis', readGraphqlApis],
  ['elasticloadbalancing:DescribeTargetGroups', readLoadBalancers],
  ['events:ListEventBuses', readRules],
  ['scheduler:ListSchedules', readSchedules],
  ['pipes:ListPipes', readPipes],
  ['states:ListStateMachines', readStateMachines],
  ['sqs:ListQueues', readQueues],
  ['sns:ListTopics', readTopics],
  ['kinesis:ListStreams', readStreams],
  ['dynamodb:ListTables', readTables],
  ['kms:ListKeys', readKeys],
  ['secretsmanager:ListSecrets', readSecrets],
  ['logs:DescribeLogGroups', readLogGroups],
  ['cognito-idp:ListUserPools', readUserPools],
  ['cognito-identity:ListIdentityPools', readIdentityPools],
];

/** The account's number; an error where the region is off, the credentials don't hold, or nobody answers. */
async function identify(region: string): Promise<string | Error> {
  try {
    const { Account = '' } = await new STSClient({ region }).send(new GetCallerIdentityCommand());
    return Account;
  } catch (error) {
    return error as Error;
  }
}

async function readAll(reader: AccountReader, readers: Readers): Promise<AccountReader> {
  await Promise.all(
    readers.map(async ([action, read]) => {
      try {
        await read(reader);
      } catch (error) {
        reader.miss(action, 'led to an answer that is not understood', messageOf(error));
      }
    }),
  );
  return reader;
}

/** The findings that can't be made without what could not be asked. */
const unjudgedIn = ({ missed, scope }: AccountReader): Unjudged[] =>
  [...missed]
    .flatMap((action) => askedBy(action).unjudged ?? [])
    .map((check) => ({ check, ...(scope !== GLOBAL && { within: `${scope}/` }) }));

/** A live account, and which it is. */
export interface Account extends Inventory {
  /** Its number. */
  id: string;
}

export interface AccountOptions {
  /** Called with each call, and how many there have been. */
  onCall?: (calls: number) => void;
  /** A folder of the caller's into which the functions' code is downloaded. Left out, no code is read. */
  codeFolder?: string;
}

/**
 * Reads what posture asks about from a live account, by calls that only read, with the credentials that the AWS SDK finds. What may not be
 * read, and regions that are off, are notes. Rejects with a `PostureError` where there are no credentials that hold.
 */
export async function readAccount(
  regions: readonly [string, ...string[]],
  { onCall = () => {}, codeFolder }: AccountOptions = {},
): Promise<Account> {
  const identities = await Promise.all([...new Set(regions)].map(identify));
  const on = regions.filter((_, index) => typeof identities[index] === 'string');
  const account = identities.find((each) => typeof each === 'string');
  const [first] = on;
  if (account === undefined || first === undefined)
    throw new PostureError(
      `the account can't be read: ${messageOf(identities[0])}; sign in, or name a profile with AWS_PROFILE`,
    );
  let calls = 0;
  const readerOf = (region: string, scope = region) =>
    new AccountReader({ region, account, codeFolder, onCall: () => onCall(++calls) }, scope);
  const readers = await Promise.all([
    readAll(readerOf(first, GLOBAL), global),
    ...on.map((region) => readAll(readerOf(region), regional)),
  ]);
  const names = new Map(readers.flatMap(({ arns }) => [...arns]));
  const resources = linkArns(
    readers.flatMap(({ resources }) => resources),
    names,
  );
  const off = regions.flatMap((region, index) => {
    const error = identities[index];
    return error instanceof Error
      ? [`${region} is not read: it is off for this account (${error.name})`]
      : [];
  });
  return {
    id: account,
    resources: new Map(resources.map((resource): [string, Resource] => [resource.id, resource])),
    unjudged: readers.flatMap(unjudgedIn),
    notes: [...off, ...readers.flatMap(({ notes }) => notes)],
  };
}
