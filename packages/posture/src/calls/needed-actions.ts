import { actionExists, takesResources } from '../iam/actions.ts';
import { referenceArns } from './reference-arns.ts';
import { resourcesOf } from './resource-arns.ts';
import type { Need, SdkCall } from './sdk-call.ts';

/**
 * Actions of calls whose name is not the action's, or that need further ones. From the service authorization reference, whose pages name the API
 * operations of each action, and for S3 from "Required permissions for Amazon S3 API operations" in its user guide.
 */
const exceptions: Readonly<Record<string, readonly string[]>> = {
  's3:HeadObject': ['s3:GetObject'],
  's3:SelectObjectContent': ['s3:GetObject'],
  's3:GetObjectTorrent': ['s3:GetObject'],
  's3:ListObjects': ['s3:ListBucket'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  's3:HeadBucket': ['s3:ListBucket'],
  's3:ListBuckets': ['s3:ListAllMyBuckets'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'],
  's3:ListMultipartUploads': ['s3:ListBucketMultipartUploads'],
  's3:ListParts': ['s3:ListMultipartUploadParts'],
  's3:DeleteObjects': ['s3:DeleteObject'],
  's3:CopyObject': ['s3:PutObject'],
  's3:CreateMultipartUpload': ['s3:PutObject'],
  's3:UploadPart': ['s3:PutObject'],
  's3:UploadPartCopy': ['s3:PutObject'],
  's3:CompleteMultipartUpload': ['s3:PutObject'],
  's3:PutBucketNotificationConfiguration': ['s3:PutBucketNotification'],
  's3:GetBucketNotificationConfiguration': ['s3:GetBucketNotification'],
  's3:PutBucketLifecycleConfiguration': ['s3:PutLifecycleConfiguration'],
  's3:GetBucketLifecycleConfiguration': ['s3:GetLifecycleConfiguration'],
  's3:PutBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:GetBucketEncryption': ['s3:GetEncryptionConfiguration'],
  's3:GetBucketCors': ['s3:GetBucketCORS'],
  's3:PutBucketCors': ['s3:PutBucketCORS'],
  's3:PutPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3:GetPublicAccessBlock': ['s3:GetBucketPublicAccessBlock'],
  's3:DeleteBucketCors': ['s3:PutBucketCORS'],
  's3:DeleteBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:DeleteBucketLifecycle': ['s3:PutLifecycleConfiguration'],
  's3:DeleteBucketTagging': ['s3:PutBucketTagging'],
  's3:DeleteBucketOwnershipControls': ['s3:PutBucketOwnershipControls'],
  's3:DeletePublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3:GetBucketReplication': ['s3:GetReplicationConfiguration'],
  's3:PutBucketReplication': ['s3:PutReplicationConfiguration'],
  's3:DeleteBucketReplication': ['s3:PutReplicationConfiguration'],
  's3:GetObjectLockConfiguration': ['s3:GetBucketObjectLockConfiguration'],
  's3:PutObjectLockConfiguration': ['s3:PutBucketObjectLockConfiguration'],
  's3:WriteGetObjectResponse': ['s3-object-lambda:WriteGetObjectResponse'],
  'sqs:SendMessageBatch': ['sqs:SendMessage'],
  'sqs:DeleteMessageBatch': ['sqs:DeleteMessage'],
  'sqs:ChangeMessageVisibilityBatch': ['sqs:ChangeMessageVisibility'],
  'sns:PublishBatch': ['sns:Publish'],
  'lambda:Invoke': ['lambda:InvokeFunction'],
  'lambda:InvokeAsync': ['lambda:InvokeFunction'],
  'lambda:InvokeWithResponseStream': ['lambda:InvokeFunction'],
  'execute-api:PostToConnection': ['execute-api:ManageConnections'],
  'execute-api:GetConnection': ['execute-api:ManageConnections'],
  'execute-api:DeleteConnection': ['execute-api:ManageConnections'],
  'bedrock:Converse': ['bedrock:InvokeModel'],
  'bedrock:ConverseStream': ['bedrock:InvokeModelWithResponseStream'],
  'cloudsearch:Search': ['cloudsearch:search'],
  'cloudsearch:Suggest': ['cloudsearch:suggest'],
  'cloudsearch:UploadDocuments': ['cloudsearch:document'],
  // From "Actions, resources, and condition keys for Amazon Timestream": queries are allowed by what they do, and endpoints are looked up first.
  'timestream:Query': ['timestream:Select'],
  'ses:SendBulkEmail': ['ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail'],
  'secretsmanager:BatchGetSecretValue': [
    'secretsmanager:BatchGetSecretValue',
    'secretsmanager:GetSecretValue',
  ],
};

/** They need no permission. */
const free =
  /^(sts:GetCallerIdentity|sts:GetSessionToken|sts:DecodeAuthorizationMessage|cognito-idp:(InitiateAuth|SignUp|ConfirmSignUp|ForgotPassword|ConfirmForgotPassword|RespondToAuthChallenge|ResendConfirmationCode|GetUser|GlobalSignOut|RevokeToken|ChangePassword|UpdateUserAttributes)|cognito-identity:(GetId|GetCredentialsForIdentity|GetOpenIdToken))$/;

/** PartiQL asks for an action by what its statement does. */
function partiQl({ operation, parameters }: SdkCall): string[] | undefined {
  if (!/^(Execute|BatchExecute)(Statement|Transaction)$/.test(operation)) return undefined;
  const [, verb = ''] = /^\s*(select|insert|update|delete)\b/i.exec(parameters.Statement ?? '') ?? [];
  const kinds =
    verb === ''
      ? ['Select', 'Insert', 'Update', 'Delete']
      : [verb.charAt(0).toUpperCase() + verb.slice(1).toLowerCase()];
  return kinds.map((each) => `dynamodb:PartiQL${each}`);
}

/** Parameters with which S3 asks for a further action. From "Required permissions for Amazon S3 API operations". */
const s3Parameters: readonly [operation: RegExp, parameter: string, action: string][] = [
  [/^(Get|Head)Object$/, 'VersionId', 's3:GetObjectVersion'],
  [/^DeleteObject$/, 'VersionId', 's3:DeleteObjectVersion'],
  [/^(Put|Copy)Object$|^CreateMultipartUpload$/, 'ACL', 's3:PutObjectAcl'],
  [/^(Put|Copy)Object$|^CreateMultipartUpload$/, 'Tagging', 's3:PutObjectTagging'],
];
const furtherOf = ({ service, operation, parameters }: SdkCall): string[] =>
  service === 's3'
    ? s3Parameters.flatMap(([of, parameter, action]) =>
        of.test(operation) && parameters[parameter] !== undefined ? [action] : [],
      )
    : [];

/** API Gateway's actions are the methods of HTTP, of which its operations begin with a word of their own. */
const verbs: Readonly<Record<string, string>> = {
  Get: 'GET',
  Create: 'POST',
  Update: 'PATCH',
  Put: 'PUT',
  Delete: 'DELETE',
};
function gatewayAction({ service, operation }: SdkCall): string[] | undefined {
  const verb = service === 'apigateway' ? verbs[/^[A-Z][a-z]+/.exec(operation)?.[0] ?? ''] : undefined;
  return verb === undefined ? undefined : [`apigateway:${verb}`];
}

/** Further actions that a call makes on something else. */
function besides(call: SdkCall): Need[] {
  const { service, operation, parameters } = call;
  // From "Protecting data with server-side encryption using AWS KMS keys" in the user guide of S3: parts are decrypted when they are put together.
  if (service === 's3' && parameters.SSEKMSKeyId !== undefined) {
    const resources = resourcesOf({ ...call, service: 'kms', parameters: { KeyId: parameters.SSEKMSKeyId } });
    return [{ actions: ['kms:GenerateDataKey'], resources, call }];
  }
  if (
    service === 'timestream' &&
    /^(Query|CancelQuery|PrepareQuery|WriteRecords|DescribeTable|DescribeDatabase|ListTables)$/.test(
      operation,
    )
  )
    return [{ actions: ['timestream:DescribeEndpoints'], resources: ['*'], call }];
  // From "Requesting a table export in DynamoDB" of its developer guide: the export is written in the caller's name.
  if (service === 'dynamodb' && operation === 'ExportTableToPointInTime') {
    const { S3Bucket: Bucket = '${?}', S3Prefix: prefix } = parameters;
    const Key = prefix === undefined ? '${?}' : `${prefix}/${'${?}'}`;
    const resources = resourcesOf({
      ...call,
      service: 's3',
      operation: 'PutObject',
      parameters: { Bucket, Key },
    });
    return [
      { actions: ['s3:PutObject'], resources, call },
      { actions: ['s3:AbortMultipartUpload', 's3:PutObjectAcl'], resources, isUsed: true, call },
    ];
  }
  // From "Grant permission to tag Amazon EC2 resources during creation" of the user guide of EC2.
  if (service === 'ec2' && parameters.TagSpecifications !== undefined)
    return [{ actions: ['ec2:CreateTags'], resources: undefined, call }];
  // Often allowed together with the path itself.
  if (service === 'ssm' && operation === 'GetParametersByPath') {
    const below = resourcesOf(call)?.map((path) => `${path.replace(/\/$/, '')}/*`);
    return [{ actions: ['ssm:GetParametersByPath'], resources: below, isPossible: true, call }];
  }
  return [];
}

/** Whether its resources are the ones that it may be about, and not all that it needs: a table or an index of it. */
const isAboutEither = ({ service, operation, parameters }: SdkCall): boolean =>
  service === 'dynamodb' && /^(Query|Scan)$/.test(operation) && parameters.IndexName === '${?}';

/** What IAM must allow for a call. Undefined where that is not known. */
export async function neededActions(call: SdkCall): Promise<Need[] | undefined> {
  const name = `${call.service}:${call.operation}`;
  if (free.test(name)) return [];
  const own = call.service === 'dynamodb' ? partiQl(call) : gatewayAction(call);
  const actions = [...(own ?? exceptions[name] ?? [name]), ...furtherOf(call)];
  const known = await Promise.all(actions.map(actionExists));
  if (known.includes(false)) return undefined;
  const wide = await Promise.all(actions.map(takesResources));
  const [first = name] = actions;
  const resources = resourcesOf(call) ?? (await referenceArns(first, call));
  const need = { actions, resources: wide.includes(true) ? resources : ['*'], call };
  return [isAboutEither(call) ? { ...need, isUsed: true } : need, ...besides(call)];
}
