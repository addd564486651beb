import type { Resource } from '../resource.ts';
import { holesOf } from '../template/substitution.ts';
import { type Graph, ofType } from './build-graph.ts';
import { isTrue, listOf, type Members, membersOf, textsOf } from './json.ts';
import { readStatements, type Statement } from './statements.ts';

/** Where each kind of resource has its policy, and which property names what the policy is for, where that is another. */
const policies: Readonly<Record<string, { document?: string; on?: string }>> = {
  'AWS::S3::BucketPolicy': { document: 'PolicyDocument', on: 'Bucket' },
  'AWS::S3::AccessPoint': { document: 'Policy', on: 'Bucket' },
  'AWS::SQS::QueuePolicy': { document: 'PolicyDocument', on: 'Queues' },
  'AWS::SQS::QueueInlinePolicy': { document: 'PolicyDocument', on: 'Queue' },
  'AWS::SNS::TopicPolicy': { document: 'PolicyDocument', on: 'Topics' },
  'AWS::SNS::TopicInlinePolicy': { document: 'PolicyDocument', on: 'TopicArn' },
  'AWS::KMS::Key': { document: 'KeyPolicy' },
  'AWS::SecretsManager::ResourcePolicy': { document: 'ResourcePolicy', on: 'SecretId' },
  'AWS::DynamoDB::Table': { document: 'ResourcePolicy' },
  'AWS::Events::EventBus': { document: 'Policy' },
  'AWS::Events::EventBusPolicy': { document: 'Statement', on: 'EventBusName' },
  'AWS::Lambda::LayerVersionPermission': {},
  'AWS::Kinesis::ResourcePolicy': { document: 'ResourcePolicy', on: 'ResourceArn' },
  'AWS::ECR::Repository': { document: 'RepositoryPolicyText' },
  'AWS::EFS::FileSystem': { document: 'FileSystemPolicy' },
  'AWS::OpenSearchService::Domain': { document: 'AccessPolicies' },
  'AWS::Elasticsearch::Domain': { document: 'AccessPolicies' },
};

/** What a resource says itself that is one statement: a permission for a layer, an older one for an event bus. */
const ownStatement = ({ Principal, Action, Condition, OrganizationId }: Members): Members => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...((Condition ?? OrganizationId) !== undefined && {
    Condition: { StringEquals: { 'aws:PrincipalOrgID': OrganizationId ?? '?' } },
  }),
});

/** The policy of a resource, which some have within another property, and some as a single statement. */
function documentOf({ properties }: Resource, property: string | undefined): unknown {
  const value = property === undefined ? undefined : properties[property];
  const { PolicyDocument, Effect, Statement } = membersOf(value);
  if (PolicyDocument !== undefined) return PolicyDocument;
  if (Effect !== undefined) return { Statement: [value] };
  return Statement === undefined && properties.Principal !== undefined
    ? { Statement: [ownStatement(properties)] }
    : value;
}

/** Conditions that say how something is asked for, and not who asks. */
const aboutTheCall =
  /^(aws:(securetransport|useragent|referer|currenttime|requestedregion|viaawsservice)|s3:(?!dataaccesspoint).*|sns:protocol|kms:encryptioncontext.*)$/i;

/** Whether a condition leaves the way open to everyone. */
const isForAll = ([operator, test]: [string, unknown]) =>
  Object.entries(test as Members).every(
    ([key, values]) =>
      aboutTheCall.test(key) ||
      (/Like/.test(operator) && listOf(values).includes('*')) ||
      (/^IpAddress$/.test(operator) && listOf(values).some((value) => value === '0.0.0.0/0')),
  );

/** Whether everyone may do what the statement says. */
export const isOpenToAll = ({ effect, principals, conditions }: Statement): boolean =>
  effect === 'Allow' && principals.includes('*') && Object.entries(conditions).every(isForAll);

/** A statement by which everyone may do something, and the resources that it is for. */
export interface OpenStatement {
  /** The resource that has the policy or is one. */
  policy: Resource;
  statement: Statement;
  on: string[];
}

/** Whether something else keeps everyone out, whatever the policy says. */
function isGuarded({ resources }: Graph, id: string): boolean {
  const { properties } = resources.get(id) ?? {};
  const { BlockPublicPolicy, RestrictPublicBuckets } = membersOf(properties?.PublicAccessBlockConfiguration);
  return isTrue(BlockPublicPolicy) || isTrue(RestrictPublicBuckets) || properties?.VPCOptions !== undefined;
}

/** What the policies of resources let everyone do. */
export const openStatements = (graph: Graph): OpenStatement[] =>
  Object.entries(policies).flatMap(([type, { document, on }]) =>
    ofType(graph, type).flatMap((policy) => {
      const names = on === undefined ? [] : textsOf(policy.properties[on]).flatMap(holesOf);
      const targets = on === undefined ? [policy.id] : names.map((name) => name.split('.')[0] ?? name);
      if (targets.some((id) => isGuarded(graph, id))) return [];
      return readStatements(documentOf(policy, document), policy)
        .filter(isOpenToAll)
        .map((statement) => ({ policy, statement, on: targets }));
    }),
  );
