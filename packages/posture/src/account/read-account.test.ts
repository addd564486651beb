import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildGraph } from '../graph/build-graph.ts';
import { findPosture, readAccountPosture } from '../posture.ts';
import { PostureError } from '../posture-error.ts';
import { answerAsAccount } from '../testing/fake-account.ts';
import { type Answer, type Call, startFakeAws } from '../testing/fake-aws.ts';
import { accountActions } from './actions.ts';
import { readAccount } from './read-account.ts';

let stop = () => {};
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
});
afterEach(() => {
  stop();
  vi.unstubAllEnvs();
});

/** Reads the account that answers so. */
async function read(answer: (call: Call) => Answer | undefined, ...regions: string[]) {
  const aws = await startFakeAws(answer);
  stop = aws.stop;
  vi.stubEnv('AWS_ENDPOINT_URL', aws.address);
  const account = await readAccount(['eu-central-1', ...regions]);
  return { calls: aws.calls, account, of: (id: string) => account.resources.get(id)?.properties };
}

/** IAM's name of what a call does. */
const renamed: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
};
const actionOf = ({ service, operation }: Call) => {
  const action = `${service}:${operation}`;
  return service === 'apigateway' && !operation.includes(' ')
    ? 'apigateway:GET'
    : (renamed[action] ?? action);
};

describe('an account', () => {
  test('is read in the words of CloudFormation, with references for ARNs', async () => {
    const { account, of } = await read(answerAsAccount);
    expect(account.notes).toEqual([]);
    expect(account.id).toBe('123456789012');
    expect(of('eu-central-1/function/orders')).toMatchObject({
      Runtime: 'nodejs22.x',
      Role: '${global/role/orders.Arn}',
      Environment: { Variables: { TABLE: 'orders', LITERAL: '${!notMine}' } },
      ReservedConcurrentExecutions: 5,
      Layers: ['arn:aws:lambda:eu-central-1:123456789012:layer:shared:3'],
    });
    expect(of('global/role/orders')).toMatchObject({
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess', '${global/policy/shared.Arn}'],
      Policies: [
        { PolicyDocument: { Statement: [{ Resource: '${eu-central-1/table/orders.Arn}/index/*' }] } },
      ],
    });
    expect(of('global/policy/shared')).toMatchObject({
      PolicyDocument: {
        Statement: [{ Action: 's3:GetObject', Resource: '${global/bucket/my_uploads.Arn}/*' }],
      },
    });
    expect(of('global/role/people')).toBeUndefined();
    expect(of('eu-central-1/queue/jobs/policy')).toMatchObject({ Queues: ['${eu-central-1/queue/jobs}'] });
    expect(of('eu-central-1/table/users')).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(of('global/bucket/my_uploads')).toEqual({
      AccessControl: 'PublicRead',

      BucketName: 'my.uploads',
      NotificationConfiguration: {
        LambdaConfigurations: [{ Function: '${eu-central-1/function/jobs.Arn}' }],
      },
    });
    expect(JSON.stringify([...account.resources])).not.toContain('never-to-be-seen');
  });

  test('makes a graph: what starts a function, and what it may do', async () => {
    const { account } = await read(answerAsAccount);
    const { functions } = buildGraph(account);
    const triggers = (name: string) => functions.get(`eu-central-1/function/${name}`)?.triggers ?? [];
    expect(triggers('orders')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'rest-api',
          path: '/orders',
          auth: '${eu-central-1/rest-api/rest1/authorizer/a1}',
        }),
        expect.objectContaining({ kind: 'http-api', method: 'POST', path: '/pay', auth: 'NONE' }),
      ]),
    );
    expect(
      triggers('jobs')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([...['cognito userpool', 'event-source', 'events rule', 's3 bucket', 'sns subscription']]);
    expect(
      triggers('open')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['function-url', 'permission']);
    const { role } = functions.get('eu-central-1/function/orders') ?? {};
    expect(role?.statements.flatMap(({ actions }) => actions).sort()).toEqual([
      '*',
      'dynamodb:*',
      's3:GetObject',
    ]);
  });

  test('has what starts functions by any service', async () => {
    const { account, of } = await read(answerAsAccount);
    const { functions } = buildGraph(account);
    const sources = functions.get('eu-central-1/function/flow')?.triggers.map(({ source }) => source);
    expect(sources?.sort()).toEqual(
      [
        'graphql-api/gql1/source/own',
        'pipe/feed',
        'schedule/default/daily',
        'schedule/default/hourly',
        'state-machine/approve',
        'target-group/flow',
      ].map((name) => `\${eu-central-1/${name}}`),
    );
    expect(of('global/distribution/D1')).toMatchObject({
      DistributionConfig: {
        DefaultCacheBehavior: {
          LambdaFunctionAssociations: [
            { LambdaFunctionARN: 'arn:aws:lambda:us-east-1:123456789012:function:edge:3' },
          ],
        },
      },
    });
    expect(of('eu-central-1/pipe/feed')).toMatchObject({ Source: '${eu-central-1/stream/clicks.Arn}' });
    expect(of('eu-central-1/secret/database/rotation')).toMatchObject({
      RotationLambdaARN: '${eu-central-1/function/jobs.Arn}',
    });
    expect(of('eu-central-1/function/flow')).toMatchObject({
      CodeSigningConfigArn: '${eu-central-1/code-signing-config/csc-1.Arn}',
      VpcConfig: { SecurityGroupIds: ['${eu-central-1/security-group/sg-1}'] },
    });
  });

  test('has findings as a template has', async () => {
    await read(answerAsAccount);
    const { account, ...posture } = await readAccountPosture(['eu-central-1']);
    const report = await findPosture(account, posture);
    expect(report.target).toEqual({ name: '123456789012', kind: 'account' });
    const found = report.findings.map(({ rule, subject }) => `${rule} ${subject}`);
    expect(found).toEqual(
      expect.arrayContaining([
        'posture/function-url-open eu-central-1/function/open',
        'posture/broad-managed-policy global/role/orders',
        'posture/wildcard-action global/role/orders',
        'posture/deprecated-runtime eu-central-1/function/jobs',
        'posture/shared-role global/role/jobs',
        'posture/open-resource-policy eu-central-1/key/k-1',
        'posture/open-resource-policy eu-central-1/secret/database/policy',
        'posture/open-resource-policy eu-central-1/stream/clicks/policy',
        'posture/open-resource-policy eu-central-1/layer/shared/permission/0',
        'posture/open-security-group eu-central-1/security-group/sg-1',
        'posture/unencrypted eu-central-1/stream/clicks',
        'posture/graphql-api-key eu-central-1/graphql-api/gql1',
        'posture/guest-identities eu-central-1/identity-pool/eu-central-1:pool',
        'posture/public-bucket global/bucket/my_uploads',
      ]),
    );
    expect(found).not.toContain('posture/open-resource-policy eu-central-1/key/k-2');
    expect(report.graph?.nodes).toContainEqual(
      expect.objectContaining({
        label: 'eu-central-1/function/open',
        deployed: { name: 'open', region: 'eu-central-1' },
      }),
    );
    expect(report.findings.find(({ rule }) => rule === 'posture/no-code-signing')?.message).not.toContain(
      'flow',
    );
  });

  test('is asked by calls that the role of ringfence posture role may make, and only those', async () => {
    const { calls } = await read(answerAsAccount);
    const actions = new Set(calls.map(actionOf));
    actions.delete('sts:GetCallerIdentity');
    expect([...actions].sort()).toEqual(Object.keys(accountActions).sort());
  });
});

test('a service that is asked too often is asked again, later', async () => {
  const refused = new Map<string, number>();
  const { calls, account } = await read((call) => {
    const key = `${call.service}.${call.operation}`;
    const times = refused.get(key) ?? 0;
    if (
      /lambda.ListFunctions|sqs.ListQueues|iam.GetAccount/.test(key) &&
      times < (call.service === 'lambda' ? 1 : 2)
    ) {
      refused.set(key, times + 1);
      return {
        error: call.service === 'lambda' ? 'TooManyRequestsException' : 'ThrottlingException',
        status: call.service === 'lambda' ? 429 : 400,
      };
    }
    return answerAsAccount(call);
  });
  expect(account.notes).toEqual([]);
  expect(account.resources.has('eu-central-1/function/open')).toBe(true);
  expect(calls.filter(({ operation }) => operation === 'ListQueues')).toHaveLength(3);
});

test('what may not be read is a note, once, and all else is read', async () => {
  const { account } = await read((call) =>
    /GetPolicy|ListQueues|GetAccountAuthorizationDetails|GetRestApis/.test(call.operation)
      ? undefined
      : answerAsAccount(call),
  );
  const note = (scope: string, action: string, what: string) =>
    `${scope}: ${action} is not allowed, so ${what}; ringfence posture role prints a role that may`;
  const noOrphans = 'is not known, and there is no finding of orphan-function';
  expect(account.notes.sort()).toEqual([
    note(
      'eu-central-1',
      'apigateway:GET',
      `what the REST, HTTP and WebSocket APIs let in ${noOrphans} or unattached-authorizer here`,
    ),
    note('eu-central-1', 'lambda:GetPolicy', `who may invoke functions ${noOrphans} here`),
    note(
      'eu-central-1',
      'sqs:ListQueues',
      'what queues there are is not known, and there is no finding of missing-permission here',
    ),
    note(
      'global',
      'iam:GetAccountAuthorizationDetails',
      `what roles may do ${noOrphans} or missing-permission here`,
    ),
  ]);
  expect(account.resources.get('eu-central-1/function/orders')?.properties).toMatchObject({
    Role: 'arn:aws:iam::123456789012:role/orders',
  });
});

test('a region that is off is a note, and the others are read', async () => {
  const { account, calls } = await read(answerAsAccount, 'ap-east-1');
  expect(account.notes).toEqual([
    'ap-east-1 is not read: it is off for this account (UnrecognizedClientException)',
  ]);
  expect(calls.filter(({ region }) => region === 'ap-east-1')).toHaveLength(1);
  expect(account.resources.has('eu-central-1/function/orders')).toBe(true);
});

test('a service that a region does not have is nothing to tell of', async () => {
  const { account } = await read((call) =>
    call.service === 'pipes'
      ? { error: 'SubscriptionRequiredException', status: 403 }
      : answerAsAccount(call),
  );
  expect(account.notes).toEqual([]);
});

test('credentials that do not hold are an error that says what to do', async () => {
  const refused = read(() => ({ error: 'InvalidClientTokenId', status: 403 }));
  await expect(refused).rejects.toThrow(PostureError);
  await expect(refused).rejects.toThrow(
    /^the account can't be read: .*; sign in, or name a profile with AWS_PROFILE$/,
  );
});
