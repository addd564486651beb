import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call as a service gets it. */
export interface Call {
  region: string;
  service: string;
  operation: string;
  /** From the body, the query and the path. */
  input: Readonly<Record<string, string>>;
}

/** What a service answers: an object in the words of its protocol, text as it is, or an error by its code. */
export type Answer = object | string | { error: string; status: number; message?: string };

/** Operations of REST services by what is asked for; names in the path are `input`. */
const routes: readonly [service: string, operation: string, path: RegExp, query?: string][] = [
  ['lambda', 'ListFunctions', /^\/2015-03-31\/functions\/?$/],
  ['lambda', 'GetFunction', /^\/2015-03-31\/functions\/(?<name>[^/]+)$/],
  ['lambda', 'GetPolicy', /\/functions\/(?<name>[^/]+)\/policy$/],
  ['lambda', 'ListFunctionUrlConfigs', /\/functions\/(?<name>[^/]+)\/urls$/],
  ['lambda', 'ListFunctionEventInvokeConfigs', /\/functions\/(?<name>[^/]+)\/event-invoke-config\/list$/],
  ['lambda', 'GetFunctionConcurrency', /\/functions\/(?<name>[^/]+)\/concurrency$/],
  ['lambda', 'ListCodeSigningConfigs', /\/code-signing-configs\/?$/],
  ['lambda', 'ListFunctionsByCodeSigningConfig', /\/code-signing-configs\/(?<config>.+)\/functions$/],
  ['lambda', 'ListLayers', /\/layers\/?$/],
  ['lambda', 'GetLayerVersionPolicy', /\/layers\/(?<name>[^/]+)\/versions\/(?<version>\d+)\/policy$/],
  ['lambda', 'ListEventSourceMappings', /\/event-source-mappings\/?$/],
  ['apigateway', 'GetRestApis', /^\/restapis$/],
  ['apigateway', 'GetResources', /^\/restapis\/(?<api>\w+)\/resources$/],
  ['apigateway', 'GetAuthorizers', /^\/restapis\/(?<api>\w+)\/authorizers$/],
  ['apigateway', 'GetStages', /^\/restapis\/(?<api>\w+)\/stages$/],
  ['apigateway', 'GetApis', /^\/v2\/apis$/],
  ['apigateway', 'GetRoutes', /^\/v2\/apis\/(?<api>\w+)\/routes$/],
  ['apigateway', 'GetIntegrations', /^\/v2\/apis\/(?<api>\w+)\/integrations$/],
  ['apigateway', 'GetHttpAuthorizers', /^\/v2\/apis\/(?<api>\w+)\/authorizers$/],
  ['apigateway', 'GetHttpStages', /^\/v2\/apis\/(?<api>\w+)\/stages$/],
  ['s3', 'ListBuckets', /^\/$/],
  ['s3', 'GetPublicAccessBlock', /^\/(?<bucket>[^/]+)\/?$/, 'publicAccessBlock'],
  ['s3', 'GetBucketEncryption', /^\/(?<bucket>[^/]+)\/?$/, 'encryption'],
  ['s3', 'GetBucketNotification', /^\/(?<bucket>[^/]+)\/?$/, 'notification'],
  ['s3', 'GetBucketAcl', /^\/(?<bucket>[^/]+)\/?$/, 'acl'],
  ['s3', 'GetBucketPolicy', /^\/(?<bucket>[^/]+)\/?$/, 'policy'],
  ['scheduler', 'ListSchedules', /^\/schedules$/],
  ['scheduler', 'GetSchedule', /^\/schedules\/(?<name>[^/]+)$/],
  ['pipes', 'ListPipes', /^\/v1\/pipes$/],
  ['appsync', 'ListGraphqlApis', /^\/v1\/apis$/],
  ['appsync', 'ListDataSources', /^\/v1\/apis\/(?<api>\w+)\/datasources$/],
  ['cloudfront', 'ListDistributions', /^\/2020-05-31\/distribution$/],
];

const isQuery = (service: string) => /^(iam|sts|sns|elasticloadbalancing|ec2)$/.test(service);

async function readCall(request: IncomingMessage): Promise<Call> {
  const body = await text(request);
  // Whom a request is for stands in what it is signed for.
  const [, region = '', service = ''] =
    /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://aws.test');
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string')
    return {
      region,
      service,
      operation: target.slice(target.lastIndexOf('.') + 1),
      input: JSON.parse(body || '{}'),
    };
  if (isQuery(service)) {
    const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
    return { region, service, operation: Action, input };
  }
  const path = decodeURIComponent(pathname);
  const found = routes.find(
    ([of, , expression, query]) =>
      of === service && expression.test(path) && (!query || searchParams.has(query)),
  );
  const input = { ...Object.fromEntries(searchParams), ...found?.[2].exec(path)?.groups };
  const isRead = request.method === 'GET';
  return { region, service, operation: isRead && found ? found[1] : `${request.method} ${path}`, input };
}

const toXml = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((item) => `<member>${toXml(item)}</member>`).join('');
  if (typeof value !== 'object' || value === null)
    return String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return Object.entries(value)
    .map(([key, member]) => `<${key}>${toXml(member)}</${key}>`)
    .join('');
};

function send(response: ServerResponse, { service, operation }: Call, answer: Answer) {
  const isXml = isQuery(service) || service === 's3' || service === 'cloudfront';
  if (typeof answer === 'object' && 'error' in answer) {
    const { error, status, message = `${error} of ${operation}` } = answer;
    const xml = `<Error><Code>${error}</Code><Message>${message}</Message></Error>`;
    response.writeHead(status, {
      'content-type': isXml ? 'text/xml' : 'application/json',
      'x-amzn-errortype': error,
    });
    response.end(
      isXml
        ? service === 's3'
          ? xml
          : `<ErrorResponse>${xml}</ErrorResponse>`
        : JSON.stringify({ __type: error, message }),
    );
    return;
  }
  response.writeHead(200, { 'content-type': isXml ? 'text/xml' : 'application/json' });
  if (typeof answer === 'string') response.end(answer);
  else if (isQuery(service))
    response.end(
      `<${operation}Response><${operation}Result>${toXml(answer)}</${operation}Result></${operation}Response>`,
    );
  else response.end(service === 's3' ? toXml(answer) : JSON.stringify(answer));
}

/** AWS's services on this machine, each by its own protocol. What `answer` does not know is denied. Notes all calls. */
export async function startFakeAws(answer: (call: Call) => Answer | undefined) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    calls.push(call);
    send(response, call, answer(call) ?? { error: 'AccessDeniedException', status: 403 });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    address: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
