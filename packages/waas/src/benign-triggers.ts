// Events of each trigger, as harmless clients and services cause them, with a text in the places where users' texts arrive.
type Event = Record<string, unknown>;

const base64 = (text: string) => Buffer.from(text).toString('base64');
const agent =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';
const identity = '550e8400-e29b-41d4-a716-446655440000';
const function_ = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';

const headers = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en-US,en;q=0.9,de;q=0.8',
  authorization: `Bearer ${base64('{"alg":"HS256"}')}.${base64('{"sub":"O\'Brien","scope":"read write"}')}.c2ln`,
  'content-type': 'application/json; charset=utf-8',
  cookie: '_ga=GA1.2.123.456; theme=dark; session=s%3AabcDEF.xyz%2Fq%2B',
  host: 'api.example.com',
  origin: 'http://localhost:3000',
  referer: 'https://www.example.com/login?next=https%3A%2F%2Fwww.example.com%2Fhome&utm_source=it%27s',
  'user-agent': agent,
  'x-amzn-trace-id': 'Root=1-663000aa-0123456789abcdef01234567',
  'x-forwarded-for': '198.51.100.7, 203.0.113.4',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};

/** What API Gateway adds where the stage is called `dev`. */
const restContext = {
  accountId: '123456789012',
  apiId: 'abc123',
  domainName: 'api.example.com',
  httpMethod: 'POST',
  identity: { sourceIp: '198.51.100.7', userAgent: agent, userArn: null },
  path: '/dev/auth/token',
  protocol: 'HTTP/1.1',
  requestId: identity,
  requestTime: '01/May/2024:12:00:00 +0000',
  resourcePath: '/auth/{proxy+}',
  stage: 'dev',
};

const body = (text: string) => JSON.stringify({ id: 7, comment: text, tags: [text], at: '2024-05-01' });
const form = (text: string) =>
  new URLSearchParams({ 'g-recaptcha-response': '03AF_x', message: text }).toString();
const query = (text: string) => ({ q: text, page: '2', next: 'https://www.example.com/cart' });
const queryString = (text: string) => new URLSearchParams(query(text)).toString();

const http = (text: string, domainName: string): Event => ({
  version: '2.0',
  routeKey: 'ANY /{proxy+}',
  rawPath: '/v1/users/42/messages',
  rawQueryString: queryString(text),
  cookies: ['_ga=GA1.2.123.456', 'theme=dark'],
  headers,
  queryStringParameters: query(text),
  requestContext: {
    accountId: '123456789012',
    domainName,
    http: {
      method: 'POST',
      path: '/v1/users/42/messages',
      protocol: 'HTTP/1.1',
      sourceIp: '198.51.100.7',
      userAgent: agent,
    },
    requestId: identity,
    stage: '$default',
    time: '01/May/2024:12:00:00 +0000',
  },
  body: base64(body(text)),
  isBase64Encoded: true,
});

/** A form in parts, as it comes or in base64. */
export const benignMultipart = (text: string, isBase64Encoded: boolean): Event => {
  const parts = [
    '------form42\r\nContent-Disposition: form-data; name="note"\r\n\r\n',
    text,
    '\r\n------form42\r\nContent-Disposition: form-data; name="photo"; filename="tree.txt"\r\nContent-Type: text/plain\r\n\r\n',
    'an oak\r\n------form42--\r\n',
  ].join('');
  return {
    path: '/upload',
    httpMethod: 'POST',
    headers: { ...headers, 'content-type': 'multipart/form-data; boundary=----form42' },
    requestContext: restContext,
    body: isBase64Encoded ? base64(parts) : parts,
    isBase64Encoded,
  };
};

const record = (eventSource: string, more: Event): Event => ({
  Records: [{ eventSource, awsRegion: 'eu-west-1', eventVersion: '1.0', ...more }],
});

/** By trigger: the event that brings the text. */
export const benignTriggers: Record<string, (text: string) => Event> = {
  'REST API, JSON': (text) => ({
    resource: '/{proxy+}',
    path: '/auth/token',
    httpMethod: 'POST',
    headers,
    multiValueHeaders: { Accept: ['*/*'], Host: ['api.example.com'] },
    queryStringParameters: query(text),
    multiValueQueryStringParameters: { q: [text, 'b'] },
    pathParameters: { proxy: 'auth/token' },
    stageVariables: { table: 'orders-dev' },
    requestContext: restContext,
    body: body(text),
    isBase64Encoded: false,
  }),
  'REST API, form': (text) => ({
    path: '/contact',
    httpMethod: 'POST',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    requestContext: restContext,
    body: form(text),
  }),
  'HTTP API': (text) => http(text, 'abc123.execute-api.eu-west-1.amazonaws.com'),
  'function URL': (text) => http(text, 'abc123.lambda-url.eu-west-1.on.aws'),
  WebSocket: (text) => ({
    requestContext: {
      routeKey: 'sendMessage',
      eventType: 'MESSAGE',
      connectionId: 'L0SM9cOFvHcCIhw=',
      domainName: 'ws.example.com',
      stage: 'dev',
    },
    body: JSON.stringify({ action: 'sendMessage', data: { room: 'general', text } }),
    isBase64Encoded: false,
  }),
  'load balancer': (text) => ({
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/x/1' },
    },
    httpMethod: 'GET',
    path: '/search',
    queryStringParameters: Object.fromEntries(
      Object.entries(query(text)).map(([name, value]) => [name, encodeURIComponent(value)]),
    ),
    headers,
    body: '',
    isBase64Encoded: false,
  }),
  SQS: (text) =>
    record('aws:sqs', {
      messageId: identity,
      body: body(text),
      messageAttributes: { note: { stringValue: text, dataType: 'String' } },
      eventSourceARN: 'arn:aws:sqs:eu-west-1:123456789012:orders',
    }),
  SNS: (text) =>
    record('aws:sns', {
      Sns: {
        Subject: text,
        Message: text,
        TopicArn: 'arn:aws:sns:eu-west-1:123456789012:x',
        SigningCertUrl: 'https://sns.eu-west-1.amazonaws.com/x.pem',
        UnsubscribeUrl:
          'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=arn:aws:sns:x',
      },
    }),
  S3: (text) =>
    record('aws:s3', {
      eventName: 'ObjectCreated:Put',
      requestParameters: { sourceIPAddress: '198.51.100.7' },
      s3: {
        bucket: { name: 'uploads', arn: 'arn:aws:s3:::uploads' },
        object: {
          key: `uploads/${encodeURIComponent(text.replace(/[^\p{L}\p{N} .,'()_-]/gu, '')).replaceAll('%20', '+')}`,
          size: 1024,
          eTag: 'd41d8cd98f00b204e9800998ecf8427e',
        },
      },
    }),
  DynamoDB: (text) =>
    record('aws:dynamodb', {
      eventName: 'MODIFY',
      dynamodb: {
        SequenceNumber: '111',
        Keys: { id: { S: '7' } },
        NewImage: {
          id: { S: '7' },
          note: { S: text },
          tags: { SS: [text] },
          price: { N: '12.5' },
          more: { M: { title: { S: text } } },
        },
      },
    }),
  Kinesis: (text) =>
    record('aws:kinesis', {
      kinesis: { sequenceNumber: '1', partitionKey: 'user/42', data: base64(body(text)) },
    }),
  Kafka: (text) => ({
    eventSource: 'aws:kafka',
    bootstrapServers: 'b-1.demo.abc.c1.kafka.eu-west-1.amazonaws.com:9092',
    records: {
      'orders-0': [
        {
          topic: 'orders',
          partition: 0,
          offset: 15,
          key: base64('user/42'),
          value: base64(body(text)),
          headers: [{ type: [110, 111, 116, 101] }],
        },
      ],
    },
  }),
  EventBridge: (text) => ({
    version: '0',
    id: identity,
    'detail-type': 'Order Placed',
    source: 'com.example.orders',
    account: '123456789012',
    time: '2024-05-01T12:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { note: text, order: { title: text } },
  }),
  schedule: () => ({
    version: '0',
    id: identity,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    detail: {},
    resources: ['arn:aws:events:eu-west-1:123456789012:rule/nightly'],
  }),
  SES: (text) =>
    record('aws:ses', {
      ses: {
        mail: {
          source: 'jane@example.com',
          destination: ['orders@example.com'],
          headers: [
            { name: 'Subject', value: text },
            {
              name: 'Received',
              value:
                'from mail.example.com (mail.example.com [198.51.100.7]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id abc for orders@example.com; Wed, 01 May 2024 12:00:00 +0000 (UTC)',
            },
          ],
          commonHeaders: { from: ['"O\'Doe, Jane" <jane@example.com>'], subject: text },
        },
        receipt: { spfVerdict: { status: 'PASS' } },
      },
    }),
  Cognito: (text) => ({
    version: '1',
    region: 'eu-west-1',
    userPoolId: 'eu-west-1_x',
    userName: 'jane',
    triggerSource: 'PreSignUp_SignUp',
    request: {
      userAttributes: { email: 'jane@example.com', name: text, website: 'https://jane.example.com/?ref=x' },
      validationData: null,
    },
    response: {},
  }),
  IoT: (text) => ({
    topic: 'devices/42/telemetry',
    deviceId: 'd-42',
    message: text,
    readings: [{ t: 21.5, unit: '°C' }],
  }),
  AppSync: (text) => ({
    arguments: { input: { title: text } },
    identity: { sub: identity, sourceIp: ['198.51.100.7'], claims: { name: text } },
    source: null,
    request: { headers },
    info: {
      fieldName: 'createPost',
      parentTypeName: 'Mutation',
      selectionSetList: ['id', 'title'],
      selectionSetGraphQL: '{\n  id\n  title\n}',
      variables: {},
    },
  }),
  Connect: (text) => ({
    Name: 'ContactFlowEvent',
    Details: {
      ContactData: {
        Attributes: { note: text },
        Channel: 'VOICE',
        CustomerEndpoint: { Address: '+15550109999', Type: 'TELEPHONE_NUMBER' },
      },
      Parameters: { name: text },
    },
  }),
  Lex: (text) => ({
    messageVersion: '1.0',
    inputTranscript: text,
    sessionState: {
      intent: {
        name: 'BookHotel',
        slots: { City: { value: { originalValue: text, interpretedValue: text } } },
      },
    },
    bot: { name: 'b', localeId: 'en_US' },
  }),
  'Step Functions': (text) => ({
    executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:flow:1',
    input: { comment: text, 'next.$': '$.items[0]', status: 'SUCCEEDED' },
  }),
  'self-managed logs': (text) => ({
    functionArn: function_,
    logEvents: [{ id: '1', timestamp: 1714550400000, message: text }],
  }),
  'Azure HTTP': (text) => ({
    Data: {
      req: {
        Url: `https://fn.example.com/api/search?${queryString(text)}`,
        Method: 'POST',
        Query: query(text),
        Headers: { 'User-Agent': [agent] },
        Params: {},
        Body: body(text),
      },
    },
    Metadata: { sys: { MethodName: 'search', UtcNow: '2024-05-01T12:00:00Z' } },
  }),
  'Google Cloud event': (text) => ({
    message: { data: base64(body(text)), attributes: { note: text }, messageId: '1' },
    subscription: 'projects/x/subscriptions/y',
  }),
  'GitHub webhook': (text) => ({
    httpMethod: 'POST',
    path: '/webhooks/github',
    headers: { ...headers, 'user-agent': 'GitHub-Hookshot/044aadd', 'x-github-event': 'issues' },
    requestContext: restContext,
    body: JSON.stringify({
      action: 'opened',
      issue: {
        url: 'https://api.github.com/repos/o/r/issues/1',
        labels_url: 'https://api.github.com/repos/o/r/issues/1/labels{/name}',
        html_url: 'https://github.com/o/r/issues/1',
        title: text,
        body: text,
        user: {
          login: 'jane',
          avatar_url: 'https://avatars.githubusercontent.com/u/1?v=4',
          following_url: 'https://api.github.com/users/jane/following{/other_user}',
        },
      },
      repository: {
        archive_url: 'https://api.github.com/repos/o/r/{archive_format}{/ref}',
        git_url: 'git://github.com/o/r.git',
        ssh_url: 'git@github.com:o/r.git',
        svn_url: 'https://github.com/o/r',
        mirror_url: null,
      },
    }),
  }),
  'Stripe webhook': (text) => ({
    httpMethod: 'POST',
    path: '/webhooks/stripe',
    headers: { ...headers, 'stripe-signature': 't=1714550400,v1=5257a869e7ecebeda32affa62cdca3fa' },
    requestContext: restContext,
    body: JSON.stringify({
      id: 'evt_1',
      object: 'event',
      type: 'checkout.session.completed',
      data: {
        object: {
          description: text,
          url: 'https://checkout.stripe.com/c/pay/cs_test_a1#fid',
          success_url: 'https://www.example.com/thanks?session_id={CHECKOUT_SESSION_ID}',
          cancel_url: 'https://www.example.com/cart',
          return_url: null,
          customer_details: { name: text },
          refunds: { url: '/v1/charges/ch_1/refunds' },
        },
      },
    }),
  }),
  'Slack command': (text) => ({
    httpMethod: 'POST',
    path: '/slack',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    requestContext: restContext,
    body: new URLSearchParams({
      token: 'abc',
      team_domain: 'example',
      channel_name: 'general',
      user_name: 'jane',
      command: '/todo',
      text,
      response_url: 'https://hooks.slack.com/commands/T0/1/x',
    }).toString(),
  }),
  'sign-in': () => ({
    httpMethod: 'GET',
    path: '/oauth2/authorize',
    headers,
    requestContext: restContext,
    queryStringParameters: {
      response_type: 'code',
      client_id: 'abc',
      redirect_uri: 'https://app.example.org/callback?x=1',
      scope: 'openid email',
      state: 'eyJuIjoiMSJ9',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    },
  }),
};
