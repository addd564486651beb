import type { FunctionNeed } from './function-needs.ts';

/** Why what no call shows is done with what one does. */
export const BESIDE = 'it goes with what the code does';

/** What is often allowed beside an action, and for a reason that no call shows. */
const beside: [action: RegExp, implied: string[]][] = [
  // Without it, S3 answers 403 instead of 404 for what is not there.
  [/^s3:GetObject/, ['s3:ListBucket']],
  // Large objects are sent in parts.
  [
    /^s3:PutObject$/,
    ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:ListBucketMultipartUploads'],
  ],
  // From "Using IAM with DynamoDB backup and restore": what is restored is written by the caller.
  [
    /^dynamodb:Restore/,
    ['GetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map(
      (operation) => `dynamodb:${operation}`,
    ),
  ],
  // What is made gets a role.
  [
    /^(lambda|states|ecs|scheduler|events|glue|sagemaker|batch|codebuild|ec2|ssm|apigateway|cloudformation|iam|rds|pipes|firehose|emr-.*|elasticmapreduce|transcribe|bedrock|rekognition|mediaconvert|textract):(Create|Update|Put|Run|Start|Register|Associate|Submit|Replace)/,
    ['iam:PassRole'],
  ],
  // These read and write in the caller's name, others by a role that is passed.
  [/^(textract|transcribe|rekognition):/, ['s3:GetObject', 's3:ListBucket']],
  [/^(textract|transcribe|polly):/, ['s3:PutObject']],
  [/^polly:/, ['sns:Publish']],
  // The Data API signs in with a secret that it reads in the caller's name.
  [/^(rds|redshift)-data:/, ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret']],
  // Its clients ask where to call first.
  [/^timestream:/, ['timestream:DescribeEndpoints']],
  // Athena reads the tables and writes its answers in the caller's name.
  [/^athena:/, ['s3:*', 'glue:*', 'lakeformation:GetDataAccess']],
  [/^cloudformation:/, ['*']],
];

// From the service authorization reference: what is done over a service's own protocol, by HTTP that the code signs or a client that is none of the SDK's.
const overOtherProtocols =
  'es:ESHttp* aoss:APIAccessAll execute-api:Invoke appsync:GraphQL lambda:InvokeFunctionUrl neptune-db:* rds-db:connect kafka-cluster:* dax:* elasticache:Connect memorydb:Connect iot:Connect iot:Subscribe iot:Receive vpc-lattice-svcs:Invoke'.split(
    ' ',
  );

/** What no call of an SDK shows, in whatever code. */
export const unseenNeeds = (): FunctionNeed[] =>
  overOtherProtocols.map((action) => ({
    action,
    resource: undefined,
    why: 'the code may do it without an SDK',
    certainty: 'possible',
  }));

/** Which role is passed the code says. */
const isSeen = (action: string, needs: readonly FunctionNeed[]): boolean =>
  action === 'iam:PassRole' && needs.some((need) => need.action === action && need.resource !== undefined);

/** What may be done because of what is done. */
export const impliedNeeds = (needs: readonly FunctionNeed[]): FunctionNeed[] =>
  beside
    .filter(([action]) => needs.some((need) => action.test(need.action)))
    .flatMap(([, implied]) =>
      implied
        .filter((action) => !isSeen(action, needs))
        .map((action) => ({
          action,
          resource: undefined,
          why: BESIDE,
          certainty: 'possible',
        })),
    );
