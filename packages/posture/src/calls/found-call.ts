import type { Choices } from './texts.ts';

/** A call as its SDK has it. */
export interface FoundCall {
  /** As the SDK calls it: `dynamodb`, `cognito-identity-provider`, `DynamoDB`. */
  service: string;
  /** As the API calls it: GetItem. */
  operation: string;
  choices: Choices;
  /** Whether it may be made, and may not. */
  isPossible?: true;
}

/** `get_item` and `getItem` as GetItem. */
export const operationName = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** What a waiter asks for, by what it waits for. */
export const waiters: Readonly<Record<string, string>> = {
  BucketExists: 'HeadBucket',
  BucketNotExists: 'HeadBucket',
  ObjectExists: 'HeadObject',
  ObjectNotExists: 'HeadObject',
  TableExists: 'DescribeTable',
  TableNotExists: 'DescribeTable',
  ServicesStable: 'DescribeServices',
  ServicesInactive: 'DescribeServices',
  TasksRunning: 'DescribeTasks',
  TasksStopped: 'DescribeTasks',
  ExportCompleted: 'DescribeExport',
  DistributionDeployed: 'GetDistribution',
  InvalidationCompleted: 'GetInvalidation',
  EndpointInService: 'DescribeEndpoint',
  TrainingJobCompletedOrStopped: 'DescribeTrainingJob',
  TransformJobCompletedOrStopped: 'DescribeTransformJob',
  ProcessingJobCompletedOrStopped: 'DescribeProcessingJob',
  ImageAvailable: 'DescribeImages',
  SnapshotCompleted: 'DescribeSnapshots',
  VolumeAvailable: 'DescribeVolumes',
  VolumeInUse: 'DescribeVolumes',
  InstanceExists: 'DescribeInstances',
  InstanceTerminated: 'DescribeInstances',
  InstanceStatusOk: 'DescribeInstanceStatus',
  DBInstanceAvailable: 'DescribeDBInstances',
  DbInstanceAvailable: 'DescribeDBInstances',
  DBSnapshotAvailable: 'DescribeDBSnapshots',
  DbSnapshotAvailable: 'DescribeDBSnapshots',
  ResourceRecordSetsChanged: 'GetChange',
  ChangeSetCreateComplete: 'DescribeChangeSet',
  ImageScanComplete: 'DescribeImageScanFindings',
  StreamNotExists: 'DescribeStream',
  PublishedVersionActive: 'GetFunctionConfiguration',
  FunctionActive: 'GetFunctionConfiguration',
  FunctionActiveV2: 'GetFunction',
  FunctionExists: 'GetFunction',
  FunctionUpdated: 'GetFunctionConfiguration',
  FunctionUpdatedV2: 'GetFunction',
  StreamExists: 'DescribeStream',
  SecretExists: 'DescribeSecret',
  StackCreateComplete: 'DescribeStacks',
  StackUpdateComplete: 'DescribeStacks',
  StackDeleteComplete: 'DescribeStacks',
  InstanceRunning: 'DescribeInstances',
  InstanceStopped: 'DescribeInstances',
  CommandExecuted: 'GetCommandInvocation',
};
