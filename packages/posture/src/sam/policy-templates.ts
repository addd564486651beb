// The policy templates of SAM, as AWS defines them in aws/serverless-application-model (Apache-2.0),
// samtranslator/policy_templates_data/policy_templates.json of version 1.110.0.

/** One statement of a template; its resources and conditions have the parameters as holes (`substitution.ts`). */
export interface TemplateStatement {
  Effect: 'Allow';
  Action: string[];
  Resource: string[];
  Condition?: { StringEquals: Record<string, string> };
}

const withoutRegion = new Set(['s3', 'route53']);

function arn(service: string, resource: string): string {
  if (resource === '*' || resource.endsWith('Arn}')) return resource;
  const scope = withoutRegion.has(service) ? ':' : '${AWS::Region}:${AWS::AccountId}';
  return `arn:\${AWS::Partition}:${service}:${scope}:${resource}`;
}

const allow = (service: string, actions: string, ...resources: string[]): TemplateStatement => ({
  Effect: 'Allow',
  Action: actions.split(' ').map((action) => `${service}:${action}`),
  Resource: resources.map((resource) => arn(service, resource)),
});

const where = (statement: TemplateStatement, key: string, value: string): TemplateStatement => ({
  ...statement,
  Condition: { StringEquals: { [key]: value } },
});

export const policyTemplates: Readonly<Record<string, readonly TemplateStatement[]>> = {
  AMIDescribePolicy: [allow('ec2', 'DescribeImages', '*')],
  AWSSecretsManagerGetSecretValuePolicy: [allow('secretsmanager', 'GetSecretValue', '${SecretArn}')],
  AWSSecretsManagerRotationPolicy: [
    where(
      allow(
        'secretsmanager',
        'DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage',
        'secret:*',
      ),
      'secretsmanager:resource/AllowRotationLambdaArn',
      arn('lambda', 'function:${FunctionName}'),
    ),
    allow('secretsmanager', 'GetRandomPassword', '*'),
  ],
  AcmGetCertificatePolicy: [allow('acm', 'GetCertificate', '${CertificateArn}')],
  AthenaQueryPolicy: [
    allow(
      'athena',
      'ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace GetCatalogs GetNamespaces GetTables GetTable',
      '*',
    ),
    allow(
      'athena',
      'StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery ListQueryExecutions StopQueryExecution GetQueryResultsStream ListNamedQueries CreateNamedQuery GetQueryExecution BatchGetNamedQuery BatchGetQueryExecution GetWorkGroup',
      'workgroup/${WorkGroupName}',
    ),
  ],
  CloudFormationDescribeStacksPolicy: [allow('cloudformation', 'DescribeStacks', 'stack/*')],
  CloudWatchDashboardPolicy: [
    allow('cloudwatch', 'GetDashboard ListDashboards PutDashboard ListMetrics', '*'),
  ],
  CloudWatchDescribeAlarmHistoryPolicy: [allow('cloudwatch', 'DescribeAlarmHistory', '*')],
  CloudWatchPutMetricPolicy: [allow('cloudwatch', 'PutMetricData', '*')],
  CodeCommitCrudPolicy: [
    allow(
      'codecommit',
      'GitPull GitPush CreateBranch DeleteBranch GetBranch ListBranches MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay UpdateDefaultBranch BatchDescribeMergeConflicts CreateUnreferencedMergeCommit DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests CreatePullRequest DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests MergePullRequestByFastForward MergePullRequestBySquash MergePullRequestByThreeWay PostCommentForPullRequest UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestTitle DeleteFile GetBlob GetFile GetFolder PutFile DeleteCommentContent GetComment GetCommentsForComparedCommit PostCommentForComparedCommit PostCommentReply UpdateComment BatchGetCommits CreateCommit GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository UpdateRepositoryDescription ListTagsForResource TagResource UntagResource GetRepositoryTriggers PutRepositoryTriggers TestRepositoryTriggers GetBranch GetCommit UploadArchive GetUploadArchiveStatus CancelUploadArchive',
      '${RepositoryName}',
    ),
  ],
  CodeCommitReadPolicy: [
    allow(
      'codecommit',
      'GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder GetComment GetCommentsForComparedCommit BatchGetCommits GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository ListTagsForResource GetRepositoryTriggers TestRepositoryTriggers GetBranch GetCommit GetUploadArchiveStatus',
      '${RepositoryName}',
    ),
  ],
  CodePipelineLambdaExecutionPolicy: [allow('codepipeline', 'PutJobSuccessResult PutJobFailureResult', '*')],
  CodePipelineReadOnlyPolicy: [allow('codepipeline', 'ListPipelineExecutions', '${PipelineName}')],
  ComprehendBasicAccessPolicy: [
    allow(
      'comprehend',
      'BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities DetectKeyPhrases DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment',
      '*',
    ),
  ],
  CostExplorerReadOnlyPolicy: [
    allow(
      'ce',
      'GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation GetReservationUtilization GetTags',
      '*',
    ),
  ],
  DynamoDBBackupFullAccessPolicy: [
    allow('dynamodb', 'CreateBackup DescribeContinuousBackups', 'table/${TableName}'),
    allow('dynamodb', 'DeleteBackup DescribeBackup ListBackups', 'table/${TableName}/backup/*'),
  ],
  DynamoDBCrudPolicy: [
    allow(
      'dynamodb',
      'GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem',
      'table/${TableName}',
      'table/${TableName}/index/*',
    ),
  ],
  DynamoDBReadPolicy: [
    allow(
      'dynamodb',
      'GetItem Scan Query BatchGetItem DescribeTable',
      'table/${TableName}',
      'table/${TableName}/index/*',
    ),
  ],
  DynamoDBReconfigurePolicy: [allow('dynamodb', 'UpdateTable', 'table/${TableName}')],
  DynamoDBRestoreFromBackupPolicy: [
    allow('dynamodb', 'RestoreTableFromBackup', 'table/${TableName}/backup/*'),
    allow(
      'dynamodb',
      'PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem',
      'table/${TableName}',
    ),
  ],
  DynamoDBStreamReadPolicy: [
    allow(
      'dynamodb',
      'DescribeStream GetRecords GetShardIterator',
      'table/${TableName}/stream/${StreamName}',
    ),
    allow('dynamodb', 'ListStreams', 'table/${TableName}/stream/*'),
  ],
  DynamoDBWritePolicy: [
    allow(
      'dynamodb',
      'PutItem UpdateItem BatchWriteItem',
      'table/${TableName}',
      'table/${TableName}/index/*',
    ),
  ],
  EC2CopyImagePolicy: [allow('ec2', 'CopyImage', 'image/${ImageId}')],
  EC2DescribePolicy: [allow('ec2', 'DescribeRegions DescribeInstances', '*')],
  EFSWriteAccessPolicy: [
    where(
      allow('elasticfilesystem', 'ClientMount ClientWrite', 'file-system/${FileSystem}'),
      'elasticfilesystem:AccessPointArn',
      arn('elasticfilesystem', 'access-point/${AccessPoint}'),
    ),
  ],
  EKSDescribePolicy: [allow('eks', 'DescribeCluster ListClusters', '*')],
  EcsRunTaskPolicy: [allow('ecs', 'RunTask', 'task-definition/${TaskDefinition}')],
  ElasticMapReduceAddJobFlowStepsPolicy: [
    allow('elasticmapreduce', 'AddJobFlowSteps', 'cluster/${ClusterId}'),
  ],
  ElasticMapReduceCancelStepsPolicy: [allow('elasticmapreduce', 'CancelSteps', 'cluster/${ClusterId}')],
  ElasticMapReduceModifyInstanceFleetPolicy: [
    allow('elasticmapreduce', 'ModifyInstanceFleet ListInstanceFleets', 'cluster/${ClusterId}'),
  ],
  ElasticMapReduceModifyInstanceGroupsPolicy: [
    allow('elasticmapreduce', 'ModifyInstanceGroups ListInstanceGroups', 'cluster/${ClusterId}'),
  ],
  ElasticMapReduceSetTerminationProtectionPolicy: [
    allow('elasticmapreduce', 'SetTerminationProtection', 'cluster/${ClusterId}'),
  ],
  ElasticMapReduceTerminateJobFlowsPolicy: [
    allow('elasticmapreduce', 'TerminateJobFlows', 'cluster/${ClusterId}'),
  ],
  ElasticsearchHttpPostPolicy: [allow('es', 'ESHttpPost ESHttpPut', 'domain/${DomainName}/*')],
  EventBridgePutEventsPolicy: [allow('events', 'PutEvents', 'event-bus/${EventBusName}')],
  FilterLogEventsPolicy: [allow('logs', 'FilterLogEvents', 'log-group:${LogGroupName}:log-stream:*')],
  FirehoseCrudPolicy: [
    allow(
      'firehose',
      'CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination',
      'deliverystream/${DeliveryStreamName}',
    ),
  ],
  FirehoseWritePolicy: [
    allow('firehose', 'PutRecord PutRecordBatch', 'deliverystream/${DeliveryStreamName}'),
  ],
  KMSDecryptPolicy: [allow('kms', 'Decrypt', 'key/${KeyId}')],
  KMSEncryptPolicy: [allow('kms', 'Encrypt', 'key/${KeyId}')],
  KMSEncryptPolicy_v2: [
    allow(
      'kms',
      'Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext',
      'key/${KeyId}',
    ),
  ],
  KinesisCrudPolicy: [
    allow(
      'kinesis',
      'AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream',
      'stream/${StreamName}',
    ),
  ],
  KinesisStreamReadPolicy: [
    allow('kinesis', 'ListStreams DescribeLimits', 'stream/*'),
    allow(
      'kinesis',
      'DescribeStream DescribeStreamSummary GetRecords GetShardIterator',
      'stream/${StreamName}',
    ),
  ],
  LambdaInvokePolicy: [allow('lambda', 'InvokeFunction', 'function:${FunctionName}*')],
  MobileAnalyticsWriteOnlyAccessPolicy: [allow('mobileanalytics', 'PutEvents', '*')],
  OrganizationsListAccountsPolicy: [allow('organizations', 'ListAccounts', '*')],
  PinpointEndpointAccessPolicy: [
    allow(
      'mobiletargeting',
      'GetEndpoint UpdateEndpoint UpdateEndpointsBatch',
      'apps/${PinpointApplicationId}/endpoints/*',
    ),
  ],
  PollyFullAccessPolicy: [
    allow('polly', 'GetLexicon DeleteLexicon', 'lexicon/${LexiconName}'),
    allow('polly', 'DescribeVoices ListLexicons PutLexicon SynthesizeSpeech', 'lexicon/*'),
  ],
  RekognitionDetectOnlyPolicy: [
    allow('rekognition', 'DetectFaces DetectLabels DetectModerationLabels DetectText', '*'),
  ],
  RekognitionFacesManagementPolicy: [
    allow(
      'rekognition',
      'IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces',
      'collection/${CollectionId}',
    ),
  ],
  RekognitionFacesPolicy: [allow('rekognition', 'CompareFaces DetectFaces', '*')],
  RekognitionLabelsPolicy: [allow('rekognition', 'DetectLabels DetectModerationLabels', '*')],
  RekognitionNoDataAccessPolicy: [
    allow(
      'rekognition',
      'CompareFaces DetectFaces DetectLabels DetectModerationLabels',
      'collection/${CollectionId}',
    ),
  ],
  RekognitionReadPolicy: [
    allow(
      'rekognition',
      'ListCollections ListFaces SearchFaces SearchFacesByImage',
      'collection/${CollectionId}',
    ),
  ],
  RekognitionWriteOnlyAccessPolicy: [
    allow('rekognition', 'CreateCollection IndexFaces', 'collection/${CollectionId}'),
  ],
  Route53ChangeResourceRecordSetsPolicy: [
    allow('route53', 'ChangeResourceRecordSets', 'hostedzone/${HostedZoneId}'),
  ],
  S3CrudPolicy: [
    allow(
      's3',
      'GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject',
      '${BucketName}',
      '${BucketName}/*',
    ),
  ],
  S3FullAccessPolicy: [
    allow(
      's3',
      'GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging',
      '${BucketName}/*',
    ),
    allow(
      's3',
      'ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration',
      '${BucketName}',
    ),
  ],
  S3ReadPolicy: [
    allow(
      's3',
      'GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration',
      '${BucketName}',
      '${BucketName}/*',
    ),
  ],
  S3WritePolicy: [
    allow('s3', 'PutObject PutObjectAcl PutLifecycleConfiguration', '${BucketName}', '${BucketName}/*'),
  ],
  SESBulkTemplatedCrudPolicy: [
    allow(
      'ses',
      'GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail VerifyEmailIdentity',
      'identity/${IdentityName}',
    ),
  ],
  SESBulkTemplatedCrudPolicy_v2: [
    allow(
      'ses',
      'SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail',
      'identity/${IdentityName}',
      'template/${TemplateName}',
    ),
    allow('ses', 'GetIdentityVerificationAttributes VerifyEmailIdentity', '*'),
  ],
  SESCrudPolicy: [
    allow(
      'ses',
      'GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity',
      'identity/${IdentityName}',
    ),
  ],
  SESEmailTemplateCrudPolicy: [
    allow(
      'ses',
      'CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate',
      '*',
    ),
  ],
  SESSendBouncePolicy: [allow('ses', 'SendBounce', 'identity/${IdentityName}')],
  SNSCrudPolicy: [
    allow(
      'sns',
      'ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish',
      '${TopicName}*',
    ),
  ],
  SNSPublishMessagePolicy: [allow('sns', 'Publish', '${TopicName}')],
  SQSPollerPolicy: [
    allow(
      'sqs',
      'ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage',
      '${QueueName}',
    ),
  ],
  SQSSendMessagePolicy: [allow('sqs', 'SendMessage*', '${QueueName}')],
  SSMParameterReadPolicy: [
    allow('ssm', 'DescribeParameters', '*'),
    allow('ssm', 'GetParameters GetParameter GetParametersByPath', 'parameter/${ParameterName}'),
  ],
  SSMParameterWithSlashPrefixReadPolicy: [
    allow('ssm', 'DescribeParameters', '*'),
    allow('ssm', 'GetParameters GetParameter GetParametersByPath', 'parameter${ParameterName}'),
  ],
  SageMakerCreateEndpointConfigPolicy: [
    allow('sagemaker', 'CreateEndpointConfig', 'endpoint-config/${EndpointConfigName}'),
  ],
  SageMakerCreateEndpointPolicy: [allow('sagemaker', 'CreateEndpoint', 'endpoint/${EndpointName}')],
  ServerlessRepoReadWriteAccessPolicy: [
    allow(
      'serverlessrepo',
      'CreateApplication CreateApplicationVersion UpdateApplication GetApplication ListApplications ListApplicationVersions ListApplicationDependencies',
      'applications/*',
    ),
  ],
  StepFunctionsCallbackPolicy: [
    allow('states', 'SendTaskFailure SendTaskHeartbeat SendTaskSuccess', 'stateMachine:${StateMachineName}'),
  ],
  StepFunctionsExecutionPolicy: [allow('states', 'StartExecution', 'stateMachine:${StateMachineName}')],
  StepFunctionsExecutionPolicy_v2: [
    allow('states', 'StartExecution StartSyncExecution', 'stateMachine:${StateMachineName}'),
  ],
  TextractDetectAnalyzePolicy: [
    allow(
      'textract',
      'DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument',
      '*',
    ),
  ],
  TextractGetResultPolicy: [allow('textract', 'GetDocumentTextDetection GetDocumentAnalysis', '*')],
  TextractPolicy: [allow('textract', '*', '*')],
  VPCAccessPolicy: [
    allow(
      'ec2',
      'CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface',
      '*',
    ),
  ],
};
