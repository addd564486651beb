/** What an action tells, for a report that has to do without it, and the findings that then can't be made. */
export interface Asked {
  tells: string;
  unjudged?: readonly string[];
}

/** Whatever may start functions: without any of it a function may only seem to be an orphan. */
const starts = ['orphan-function'];

/** Policies of resources may let roles in, too: without any of them a permission may only seem to be missing. */
const grants = ['missing-permission'];

/** All that the account is asked, as IAM names it. Everything else follows from it: what is called, and the role that may. */
export const accountActions = {
  'apigateway:GET': {
    tells: 'what the REST, HTTP and WebSocket APIs let in',
    unjudged: [...starts, 'unattached-authorizer'],
  },
  'appsync:ListDataSources': { tells: 'what GraphQL APIs call', unjudged: starts },
  'appsync:ListGraphqlApis': { tells: 'what GraphQL APIs there are', unjudged: starts },
  'cloudfront:ListDistributions': { tells: 'which functions run at the edge', unjudged: starts },
  'cognito-identity:DescribeIdentityPool': { tells: 'which identity pools take guests' },
  'cognito-identity:GetIdentityPoolRoles': { tells: 'what guests of identity pools may do' },
  'cognito-identity:ListIdentityPools': { tells: 'what identity pools there are' },
  'cognito-idp:DescribeUserPool': { tells: 'how user pools are set', unjudged: starts },
  'cognito-idp:DescribeUserPoolClient': { tells: "how user pools' clients are set" },
  'cognito-idp:ListUserPoolClients': { tells: 'what clients user pools have' },
  'cognito-idp:ListUserPools': { tells: 'what user pools there are', unjudged: starts },
  'dynamodb:DescribeContinuousBackups': { tells: 'which tables can be restored' },
  'dynamodb:DescribeTable': { tells: 'how tables are set' },
  'dynamodb:GetResourcePolicy': { tells: 'whom tables are open to', unjudged: grants },
  'dynamodb:ListTables': { tells: 'what tables there are', unjudged: grants },
  'ec2:DescribeSecurityGroups': { tells: 'who gets into the networks of functions' },
  'elasticloadbalancing:DescribeLoadBalancers': { tells: 'which load balancers the internet reaches' },
  'elasticloadbalancing:DescribeTargetGroups': { tells: 'what load balancers call', unjudged: starts },
  'elasticloadbalancing:DescribeTargetHealth': {
    tells: 'which functions load balancers call',
    unjudged: starts,
  },
  'events:ListEventBuses': { tells: 'what event buses there are', unjudged: starts },
  'events:ListRules': { tells: 'what rules event buses have', unjudged: starts },
  'events:ListTargetsByRule': { tells: 'what rules start', unjudged: starts },
  'iam:GetAccountAuthorizationDetails': { tells: 'what roles may do', unjudged: [...starts, ...grants] },
  'kinesis:DescribeStreamSummary': { tells: 'which streams are encrypted' },
  'kinesis:GetResourcePolicy': { tells: 'whom streams are open to', unjudged: grants },
  'kinesis:ListStreams': { tells: 'what streams there are', unjudged: grants },
  'kms:GetKeyPolicy': { tells: 'who may use keys', unjudged: grants },
  'kms:ListKeys': { tells: 'what keys there are', unjudged: grants },
  'lambda:GetFunctionConcurrency': { tells: 'how many of a function may run at once' },
  'lambda:GetLayerVersionPolicy': { tells: 'whom layers are open to' },
  'lambda:GetPolicy': { tells: 'who may invoke functions', unjudged: starts },
  'lambda:ListCodeSigningConfigs': {
    tells: 'which functions need signed code',
    unjudged: ['no-code-signing'],
  },
  'lambda:ListEventSourceMappings': { tells: 'which queues and streams start functions', unjudged: starts },
  'lambda:ListFunctionEventInvokeConfigs': {
    tells: 'where events of functions go that fail',
    unjudged: [...starts, 'no-failure-destination'],
  },
  'lambda:ListFunctionUrlConfigs': { tells: 'which functions have a URL', unjudged: starts },
  'lambda:ListFunctions': { tells: 'what functions there are', unjudged: starts },
  'lambda:ListFunctionsByCodeSigningConfig': {
    tells: 'which functions need signed code',
    unjudged: ['no-code-signing'],
  },
  'lambda:ListLayers': { tells: 'what layers there are' },
  'logs:DescribeLogGroups': { tells: 'how long logs are kept', unjudged: ['log-retention'] },
  'pipes:ListPipes': { tells: 'what pipes start', unjudged: starts },
  's3:GetBucketAcl': { tells: 'whom buckets are open to by their ACL' },
  's3:GetBucketNotification': { tells: 'which functions buckets start', unjudged: starts },
  's3:GetBucketPolicy': { tells: 'whom buckets are open to by their policy', unjudged: grants },
  's3:GetBucketPublicAccessBlock': { tells: 'which buckets are kept from the public', unjudged: grants },
  's3:GetEncryptionConfiguration': { tells: 'how buckets are encrypted' },
  's3:ListAllMyBuckets': { tells: 'what buckets there are', unjudged: [...starts, ...grants] },
  'scheduler:GetSchedule': { tells: 'what schedules invoke by name', unjudged: starts },
  'scheduler:ListSchedules': { tells: 'what schedules start', unjudged: starts },
  'secretsmanager:GetResourcePolicy': { tells: 'whom secrets are open to', unjudged: grants },
  'secretsmanager:ListSecrets': { tells: 'which functions rotate secrets', unjudged: [...starts, ...grants] },
  'sns:GetTopicAttributes': { tells: 'how topics are set', unjudged: grants },
  'sns:ListSubscriptions': { tells: 'what topics start', unjudged: starts },
  'sns:ListTopics': { tells: 'what topics there are', unjudged: grants },
  'sqs:GetQueueAttributes': { tells: 'how queues are set', unjudged: grants },
  'sqs:ListQueues': { tells: 'what queues there are', unjudged: grants },
  'states:DescribeStateMachine': { tells: 'what state machines invoke', unjudged: starts },
  'states:ListStateMachines': { tells: 'what state machines there are', unjudged: starts },
} as const satisfies Readonly<Record<string, Asked>>;

/** What is asked beside them where the code of functions is to be read. */
export const codeActions = {
  'lambda:GetFunction': { tells: 'what the code of functions does' },
} as const satisfies Readonly<Record<string, Asked>>;

export type AccountAction = keyof typeof accountActions | keyof typeof codeActions;

/** What an action tells. */
export const askedBy = (action: AccountAction): Asked => ({ ...accountActions, ...codeActions })[action];
