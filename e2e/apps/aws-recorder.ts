import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What S3's REST API calls a request. */
function s3Operation({ method }: IncomingMessage, url: URL): string {
  const hasKey = url.pathname.split('/').length > 2 && !url.pathname.endsWith('/');
  if (!hasKey && url.searchParams.has('list-type')) return 's3:ListObjectsV2';
  return (
    { GET: 's3:GetObject', PUT: 's3:PutObject', HEAD: 's3:HeadObject', DELETE: 's3:DeleteObject' }[
      method ?? ''
    ] ?? `s3:${method}`
  );
}

const services: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  secretsmanager: 'secretsmanager',
};

const md5 = (value: string) => createHash('md5').update(value).digest('hex');

/** Answers what the SDKs ask, with as little as they accept. */
const answers: Readonly<Record<string, (body: string) => string>> = {
  'sqs:SendMessage': (body) =>
    JSON.stringify({ MessageId: '1', MD5OfMessageBody: md5(JSON.parse(body).MessageBody) }),
  'secretsmanager:GetSecretValue': () => JSON.stringify({ SecretString: 'key' }),
  'dynamodb:DescribeTable': () => JSON.stringify({ Table: { ItemCount: 2 } }),
  'sns:Publish': () =>
    '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
  's3:ListObjectsV2': () => '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>',
};

/** A local endpoint for AWS's SDKs, which writes down which operations they call. */
export async function startRecorder(): Promise<{ url: string; take: () => string[]; close: () => void }> {
  let calls: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const url = new URL(request.url ?? '/', 'http://aws');
    const [target, named] = String(request.headers['x-amz-target'] ?? '').split('.');
    const form = new URLSearchParams(body);
    const isForm = String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded');
    const lambda = /^\/2015-03-31\/functions\/[^/]+\/code$/.test(url.pathname)
      ? 'lambda:UpdateFunctionCode'
      : undefined;
    // The older boto3 of Debian asks SQS in its older protocol.
    const queried = isForm
      ? `${/sqs|Queue/.test(body) && form.has('QueueUrl') ? 'sqs' : 'sns'}:${form.get('Action')}`
      : undefined;
    const operation = named
      ? `${services[target ?? ''] ?? target}:${named}`
      : (queried ?? lambda ?? s3Operation(request, url));
    calls.push(operation);
    const xml =
      queried === 'sqs:SendMessage'
        ? `<SendMessageResponse><SendMessageResult><MessageId>1</MessageId><MD5OfMessageBody>${md5(form.get('MessageBody') ?? '')}</MD5OfMessageBody></SendMessageResult></SendMessageResponse>`
        : undefined;
    response.writeHead(200, { 'content-type': named ? 'application/x-amz-json-1.0' : 'application/xml' });
    response.end(xml ?? answers[operation]?.(body) ?? (named || lambda ? '{}' : ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = [...new Set(calls)].sort();
      calls = [];
      return taken;
    },
    close: () => server.close(),
  };
}
