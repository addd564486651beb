/**
 * Services of which CloudTrail logs every call as a management event, which every trail and the event history have. From the pages on CloudTrail
 * in each service's guide.
 */
const wholly: ReadonlySet<string> = new Set([
  ...['acm', 'athena', 'autoscaling', 'cloudformation', 'cloudfront', 'codebuild', 'codepipeline'],
  ...['comprehend', 'ec2', 'ecr', 'ecs', 'elasticloadbalancing', 'glue', 'iam', 'kms', 'organizations'],
  ...['polly', 'rds', 'rekognition', 'route53', 'scheduler', 'secretsmanager', 'ssm', 'states', 'sts'],
  ...['textract', 'transcribe', 'translate'],
]);

/** What else is logged but for the calls that are data events, which a trail has only when somebody asks and pays for them. */
const dataEvents: Readonly<Record<string, RegExp>> = {
  dynamodb: /Item$|^(Query|Scan|PartiQL\w+|GetRecords|GetShardIterator)$/,
  kinesis: /Record|Shard/,
  lambda: /^Invoke/,
  s3: /Object|^ListBucket|Upload|Version/,
  sns: /^Publish/,
  sqs: /Message/,
};

/** Whether a trail has every use of the action, or of all that a pattern stands for. */
export function isLogged(action: string): boolean {
  const [service = '', name = ''] = action.split(':');
  if (wholly.has(service)) return true;
  const data = dataEvents[service];
  return data !== undefined && !/[*?]/.test(name) && !data.test(name);
}
