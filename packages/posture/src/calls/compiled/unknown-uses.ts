import { serviceOf } from './clients.ts';
import type { Follower } from './follow.ts';
import { plainName } from './program.ts';
import { shapeOf } from './shape.ts';
import { fieldOf, walk } from './walk.ts';

/** What calls AWS by itself, or whatever it is told to, and which calls are not known. */
const indirect =
  /^(SqsTemplate|S3Template|SnsTemplate|DynamoDbTemplate|NotificationMessagingTemplate|QueueMessagingTemplate|S3OutputStream|SecretCache|AmazonDynamoDBLockClient|AWSSecretsManagerDriver|DynamoDBPersistenceStore|DynamoDbPersistenceStore|IMessagePublisher|SecretsManagerCache|AmazonS3EncryptionClient\w*|S3EncryptionClient|AmazonSQSExtendedClient|DynamoDBStreamsProcessor)$/;
const indirectInGo =
  /^(github\.com\/guregu\/dynamo|gocloud\.dev\/|github\.com\/aws\/aws-secretsmanager-caching-go|github\.com\/viant\/afsc?\/)/;
/** What makes credentials of another role. */
const otherRole =
  /^(AssumeRoleAWSCredentials|StsAssumeRoleCredentialsProvider|STSAssumeRoleSessionCredentialsProvider|NewAssumeRoleProvider)$/;
/** Methods of packages of .NET that call AWS, now or later. */
const indirectCalls =
  /^(AddSystemsManager|AddSecretsManager|AddAppConfig|AddAppConfigUsingLambdaExtension|PersistKeysToAWSSystemsManager|AddAWSMessageBus|UseDynamoDb)$/;
/** Annotations of Java that have a field filled in. */
const indirectAnnotations = /^(SSMParam|SecretsParam|DynamoDbParam|AppConfigParam|SqsListener)$/;
/** What gets a client and calls nothing by itself, or is known. */
const harmless =
  /^(DynamoDbEnhanced\w*|DynamoDB\w*|I?DynamoDBContext|TableBuilder|DynamoDBContextBuilder|TransferUtility|S3TransferManager|TransferManager\w*|Table|Optional|Objects|List|Map|Set|ThreadLocal|AtomicReference|Lazy|\w*Exception)$/;

/** What a program uses of which nobody can tell which calls it makes. */
export function unknownUses(follower: Follower): string[] {
  const notes: string[] = [];
  const { types, reached } = follower;
  const unknown = (path: string, name: string) => `${path}: which calls ${name} makes is not known`;
  for (const member of reached) {
    const { path } = member;
    for (const [, full] of path.endsWith('.go') ? (types.imports.get(path) ?? []) : [])
      if (indirectInGo.test(full)) notes.push(unknown(path, full));
    const declared = [...member.locals.values(), ...member.owner.fields.values()]
      .flat()
      .flatMap(({ type }) => (type === undefined ? [] : plainName(type)));
    for (const name of declared) if (indirect.test(name)) notes.push(unknown(path, name));
    for (const body of member.bodies)
      for (const node of walk(body)) {
        const shape = shapeOf(node);
        if (
          shape.is === 'call' &&
          /^(forName|CreateInstance)$/.test(shape.name) &&
          /^(Class|Activator)$/.test(shape.object?.text ?? '')
        )
          notes.push(`${path}:${node.at.line}: what ${shape.object?.text}.${shape.name} makes is not known`);
        if (shape.is === 'call' && indirectCalls.test(shape.name)) notes.push(unknown(path, shape.name));
        if (shape.is === 'name' && otherRole.test(shape.name))
          notes.push(`${path}:${node.at.line}: what it does as another role is not known`);
        if (shape.is === 'name' && indirect.test(shape.name)) notes.push(unknown(path, shape.name));
        if (shape.is !== 'made' || shape.type === undefined) continue;
        const name = plainName(shape.type).split('.').at(-1) ?? '';
        if (
          harmless.test(name) ||
          types.find(shape.type, path).length > 0 ||
          serviceOf({ written: shape.type, path }, types)
        )
          continue;
        const isHanded = shape.given.some(({ value }) =>
          follower.typesOf(value, { member }).some((typed) => serviceOf(typed, types) !== undefined),
        );
        if (isHanded)
          notes.push(`${path}:${node.at.line}: what ${name} does with a client of AWS is not known`);
      }
  }
  for (const { node, path } of new Set([...reached].map(({ owner }) => owner)))
    for (const each of node && path.endsWith('.java') ? walk(node) : []) {
      const name = /annotation$/.test(each.type) ? (fieldOf(each, 'name')?.text ?? '') : '';
      if (indirectAnnotations.test(name)) notes.push(unknown(path, `@${name}`));
    }
  return notes;
}
