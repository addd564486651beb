// What SAM's connectors let a role do, as AWS defines it in aws/serverless-application-model (Apache-2.0),
// samtranslator/model/connector_profiles/profiles.json of version 1.110.0.

export type ConnectorAccess = 'Read' | 'Write';

interface Connection {
  actions: Partial<Record<ConnectorAccess, string>>;
  /** After the ARN of what they are on; the ARN itself when left out. */
  parts?: string[];
}

/** What a function or a state machine may do with its destination, by the destination's type. */
export const ofDestination: Readonly<Record<string, Connection>> = {
  'AWS::Lambda::Function': { actions: { Write: 'lambda:InvokeFunction' } },
  'AWS::S3::Bucket': {
    actions: {
      Read: 's3:GetObject s3:GetObjectAcl s3:GetObjectLegalHold s3:GetObjectRetention s3:GetObjectTorrent s3:GetObjectVersion s3:GetObjectVersionAcl s3:GetObjectVersionForReplication s3:GetObjectVersionTorrent s3:ListBucket s3:ListBucketMultipartUploads s3:ListBucketVersions s3:ListMultipartUploadParts',
      Write:
        's3:AbortMultipartUpload s3:DeleteObject s3:DeleteObjectVersion s3:PutObject s3:PutObjectLegalHold s3:PutObjectRetention s3:RestoreObject',
    },
    parts: ['', '/*'],
  },
  'AWS::DynamoDB::Table': {
    actions: {
      Read: 'dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:PartiQLSelect',
      Write:
        'dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:BatchWriteItem dynamodb:PartiQLDelete dynamodb:PartiQLInsert dynamodb:PartiQLUpdate',
    },
    parts: ['', '/index/*'],
  },
  'AWS::SQS::Queue': {
    actions: {
      Read: 'sqs:ReceiveMessage sqs:GetQueueAttributes',
      Write: 'sqs:DeleteMessage sqs:SendMessage sqs:ChangeMessageVisibility sqs:PurgeQueue',
    },
  },
  'AWS::SNS::Topic': { actions: { Write: 'sns:Publish' } },
  'AWS::StepFunctions::StateMachine': {
    actions: {
      Read: 'states:DescribeStateMachine states:ListExecutions',
      Write: 'states:StartExecution states:StartSyncExecution',
    },
  },
  'AWS::Events::EventBus': { actions: { Write: 'events:PutEvents' } },
};

/** What a function may do with the source that it is started by. */
export const ofSource: Readonly<Record<string, Connection>> = {
  'AWS::DynamoDB::Table': {
    actions: {
      Read: 'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams',
    },
    parts: ['/stream/*'],
  },
  'AWS::SQS::Queue': {
    actions: { Read: 'sqs:ReceiveMessage sqs:GetQueueAttributes', Write: 'sqs:DeleteMessage' },
  },
};

/** The services that a connector lets invoke a function. */
export const invokers: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::RestApi': 'apigateway.amazonaws.com',
  'AWS::ApiGatewayV2::Api': 'apigateway.amazonaws.com',
  'AWS::Events::Rule': 'events.amazonaws.com',
  'AWS::S3::Bucket': 's3.amazonaws.com',
  'AWS::SNS::Topic': 'sns.amazonaws.com',
};
