/** How resources of one type are named: what their ARN is, and what Ref and GetAtt give. */
export interface Naming {
  /** The ARN in the Fn::Sub form; `${name}` is the resource's name. */
  arn: string;
  /** The property with the name; left out where AWS makes it. */
  nameProperty?: string;
  /** What Ref gives. An address of a queue counts as its ARN. */
  ref: 'name' | 'arn';
  /** Whether no attribute gives the ARN. */
  isWithoutArn?: true;
  /** Attributes that give the name. `Arn` gives the ARN, and so does what else ends in `Arn` and is not a stream's. */
  nameAttributes?: readonly string[];
}

const regional = (service: string, resource: string) =>
  `arn:aws:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`;

const table: Naming = { arn: regional('dynamodb', 'table/${name}'), nameProperty: 'TableName', ref: 'name' };

// From the return values in the CloudFormation reference of each type, and the resource types of the service authorization reference.
const namings: Readonly<Record<string, Naming>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::S3::Bucket': { arn: 'arn:aws:s3:::${name}', nameProperty: 'BucketName', ref: 'name' },
  'AWS::SQS::Queue': {
    arn: regional('sqs', '${name}'),
    nameProperty: 'QueueName',
    ref: 'arn',
    nameAttributes: ['QueueName'],
  },
  'AWS::SNS::Topic': {
    arn: regional('sns', '${name}'),
    nameProperty: 'TopicName',
    ref: 'arn',
    nameAttributes: ['TopicName'],
  },
  'AWS::Lambda::Function': {
    arn: regional('lambda', 'function:${name}'),
    nameProperty: 'FunctionName',
    ref: 'name',
  },
  'AWS::Kinesis::Stream': { arn: regional('kinesis', 'stream/${name}'), nameProperty: 'Name', ref: 'name' },
  'AWS::KinesisFirehose::DeliveryStream': {
    arn: regional('firehose', 'deliverystream/${name}'),
    nameProperty: 'DeliveryStreamName',
    ref: 'name',
  },
  // Secrets Manager puts six characters of its own behind the name.
  'AWS::SecretsManager::Secret': {
    arn: regional('secretsmanager', 'secret:${name}-??????'),
    nameProperty: 'Name',
    ref: 'arn',
  },
  'AWS::SSM::Parameter': {
    arn: regional('ssm', 'parameter/${name}'),
    nameProperty: 'Name',
    ref: 'name',
    isWithoutArn: true,
  },
  'AWS::StepFunctions::StateMachine': {
    arn: regional('states', 'stateMachine:${name}'),
    nameProperty: 'StateMachineName',
    ref: 'arn',
    nameAttributes: ['Name'],
  },
  'AWS::Events::EventBus': {
    arn: regional('events', 'event-bus/${name}'),
    nameProperty: 'Name',
    ref: 'name',
    nameAttributes: ['Name'],
  },
  'AWS::KMS::Key': { arn: regional('kms', 'key/${name}'), ref: 'name', nameAttributes: ['KeyId'] },
  'AWS::Cognito::UserPool': { arn: regional('cognito-idp', 'userpool/${name}'), ref: 'name' },
  'AWS::Athena::WorkGroup': {
    arn: regional('athena', 'workgroup/${name}'),
    nameProperty: 'Name',
    ref: 'name',
    isWithoutArn: true,
  },
  'AWS::Scheduler::ScheduleGroup': {
    arn: regional('scheduler', 'schedule-group/${name}'),
    nameProperty: 'Name',
    ref: 'name',
  },
  'AWS::Glue::Crawler': {
    arn: regional('glue', 'crawler/${name}'),
    nameProperty: 'Name',
    ref: 'name',
    isWithoutArn: true,
  },
  'AWS::CodeBuild::Project': {
    arn: regional('codebuild', 'project/${name}'),
    nameProperty: 'Name',
    ref: 'name',
  },
  'AWS::ECS::Cluster': { arn: regional('ecs', 'cluster/${name}'), nameProperty: 'ClusterName', ref: 'name' },
  'AWS::SageMaker::Endpoint': {
    arn: regional('sagemaker', 'endpoint/${name}'),
    nameProperty: 'EndpointName',
    ref: 'arn',
    nameAttributes: ['EndpointName'],
  },
  'AWS::Logs::LogGroup': {
    arn: regional('logs', 'log-group:${name}:*'),
    nameProperty: 'LogGroupName',
    ref: 'name',
  },
  'AWS::IAM::Role': {
    arn: 'arn:aws:iam::${AWS::AccountId}:role/${name}',
    nameProperty: 'RoleName',
    ref: 'name',
  },
};

export const namingOf = (type: string): Naming | undefined => namings[type];
