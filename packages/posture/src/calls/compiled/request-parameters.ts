/** Parameters that name resources, or ask for further actions. */
export const telling =
  /^(TableName|IndexName|Bucket|Key|QueueUrl|QueueName|TopicArn|TargetArn|PhoneNumber|FunctionName|SecretId|Name|Names|Path|stateMachineArn|executionArn|StreamName|StreamARN|EventBusName|DeliveryStreamName|KeyId|UserPoolId|resourceArn|RoleArn|logGroupName|logStreamName|topic|thingName|apiId|modelId|VersionId|ACL|Tagging|Statement|SourceBucket|SourceKey|CopySource|HttpMethod|Verb|WorkGroup|GroupName|FromEmailAddress|Source|TagSpecifications|Cluster|TaskDefinition|\w+Identifier|RoleName)$/;
/** What may be a part of an ARN. */
export const mayTell = /(Name|Arn|ARN|Id)$/;
const otherNames: Readonly<Record<string, string>> = {
  BucketName: 'Bucket',
  DestinationBucket: 'Bucket',
  DestinationKey: 'Key',
  DestinationBucketName: 'Bucket',
  SourceBucketName: 'SourceBucket',
  SourceVersionId: 'SourceVersionId',
  CannedAcl: 'ACL',
  CannedACL: 'ACL',
  Acl: 'ACL',
  TagSet: 'Tagging',
  StreamArn: 'StreamARN',
  // The APIs themselves begin these with a small letter.
  StateMachineArn: 'stateMachineArn',
  ExecutionArn: 'executionArn',
  ResourceArn: 'resourceArn',
  LogGroupName: 'logGroupName',
  LogStreamName: 'logStreamName',
  Topic: 'topic',
  ThingName: 'thingName',
  ApiId: 'apiId',
  ModelId: 'modelId',
  Method: 'HttpMethod',
};

/** `withTableName`, `setTableName`, `tableName` as TableName. */
export function parameterName(written: string): string {
  const plain = written.replace(/^(with|set)(?=[A-Z])/, '');
  const name = plain.charAt(0).toUpperCase() + plain.slice(1);
  return otherNames[name] ?? name;
}

/** What overloads and constructors take in order, by the operation. */
export const inOrder: Readonly<Record<string, readonly string[]>> = {
  GetObject: ['Bucket', 'Key'],
  PutObject: ['Bucket', 'Key'],
  DeleteObject: ['Bucket', 'Key'],
  HeadObject: ['Bucket', 'Key'],
  GetObjectMetadata: ['Bucket', 'Key'],
  GeneratePresignedUrl: ['Bucket', 'Key', '', 'HttpMethod'],
  CopyObject: ['SourceBucket', 'SourceKey', 'Bucket', 'Key'],
  Copy: ['SourceBucket', 'SourceKey', 'Bucket', 'Key'],
  ListObjects: ['Bucket'],
  ListObjectsV2: ['Bucket'],
  DeleteObjects: ['Bucket'],
  HeadBucket: ['Bucket'],
  InitiateMultipartUpload: ['Bucket', 'Key'],
  CreateMultipartUpload: ['Bucket', 'Key'],
  GetBucketLocation: ['Bucket'],
  GetItem: ['TableName'],
  PutItem: ['TableName'],
  UpdateItem: ['TableName'],
  DeleteItem: ['TableName'],
  Query: ['TableName'],
  Scan: ['TableName'],
  DescribeTable: ['TableName'],
  SendMessage: ['QueueUrl'],
  SendMessageBatch: ['QueueUrl'],
  ReceiveMessage: ['QueueUrl'],
  DeleteMessage: ['QueueUrl'],
  DeleteMessageBatch: ['QueueUrl'],
  ChangeMessageVisibility: ['QueueUrl'],
  GetQueueAttributes: ['QueueUrl'],
  PurgeQueue: ['QueueUrl'],
  GetQueueUrl: ['QueueName'],
  Publish: ['TopicArn'],
  Subscribe: ['TopicArn'],
};
