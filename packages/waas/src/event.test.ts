import { toIpNetwork } from '@ringfence/policy/schema';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Engine, loadEngine } from './index.ts';
import { needleSettings } from './test-settings.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadEngine(needleSettings());
});

const inspect = (event: unknown, by = engine, now?: number) => by.inspectEvent(JSON.stringify(event), now);

/** Events as the services write them, cut to what tells them apart; `VALUE` stands where a stranger's text does. */
const events: [trigger: string, event: object, address?: string][] = [
  [
    'rest-api',
    {
      httpMethod: 'POST',
      path: '/',
      body: 'VALUE',
      requestContext: { identity: { sourceIp: '192.0.2.1' }, authorizer: { principalId: 'anna' } },
    },
    '192.0.2.1',
  ],
  [
    'http-api',
    {
      version: '2.0',
      body: 'VALUE',
      requestContext: {
        domainName: 'x.execute-api.eu-west-1.amazonaws.com',
        http: { method: 'GET', sourceIp: '2001:db8::1' },
      },
    },
    '2001:db8::1',
  ],
  [
    'function-url',
    {
      version: '2.0',
      rawPath: 'VALUE',
      requestContext: {
        domainName: 'x.lambda-url.eu-west-1.on.aws',
        http: { method: 'GET', sourceIp: '192.0.2.2' },
      },
    },
    '192.0.2.2',
  ],
  [
    'websocket',
    { body: 'VALUE', requestContext: { connectionId: 'a=', identity: { sourceIp: '192.0.2.3' } } },
    '192.0.2.3',
  ],
  [
    'alb',
    {
      requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:x' } },
      httpMethod: 'GET',
      headers: { 'x-forwarded-for': '10.1.1.1, 192.0.2.4', cookie: 'VALUE' },
    },
    '192.0.2.4',
  ],
  [
    'lambda-edge',
    { Records: [{ cf: { request: { clientIp: '192.0.2.5', querystring: 'VALUE' } } }] },
    '192.0.2.5',
  ],
  ['authorizer', { type: 'TOKEN', methodArn: 'arn:aws:execute-api:x', authorizationToken: 'VALUE' }],
  ['sqs', { Records: [{ messageId: '1', eventSource: 'aws:sqs', body: 'VALUE' }] }],
  ['sns', { Records: [{ EventSource: 'aws:sns', Sns: { Message: 'VALUE' } }] }],
  ['s3', { Records: [{ eventSource: 'aws:s3', s3: { object: { key: 'VALUE' } } }] }],
  [
    'dynamodb',
    {
      Records: [
        { eventSource: 'aws:dynamodb', dynamodb: { SequenceNumber: '7', NewImage: { a: { S: 'VALUE' } } } },
      ],
    },
  ],
  [
    'kinesis',
    { Records: [{ eventSource: 'aws:kinesis', kinesis: { sequenceNumber: '7', data: 'BASE64' } }] },
  ],
  ['firehose', { deliveryStreamArn: 'arn:aws:firehose:x', records: [{ recordId: '7', data: 'BASE64' }] }],
  ['kafka', { eventSource: 'aws:kafka', records: { 'topic-0': [{ value: 'BASE64' }] } }],
  ['mq', { eventSource: 'aws:rmq', rmqMessagesByQueue: { 'q::/': [{ data: 'BASE64' }] } }],
  ['ses', { Records: [{ eventSource: 'aws:ses', ses: { mail: { commonHeaders: { subject: 'VALUE' } } } }] }],
  ['eventbridge', { 'detail-type': 'order', detail: { note: 'VALUE' } }],
  [
    'cognito',
    { triggerSource: 'PreSignUp_SignUp', userName: 'anna', request: { userAttributes: { name: 'VALUE' } } },
  ],
  ['connect', { Details: { ContactData: { Attributes: { a: 'VALUE' } } } }],
  ['lex', { sessionState: { intent: { name: 'a' } }, inputTranscript: 'VALUE' }],
  [
    'appsync',
    { info: { fieldName: 'a' }, arguments: { a: 'VALUE' }, identity: { sourceIp: ['192.0.2.6'] } },
    '192.0.2.6',
  ],
  ['azure-http', { Data: { req: { Method: 'GET', Query: { a: 'VALUE' } } }, Metadata: {} }],
  ['direct', { a: 'VALUE' }],
];

function fill(event: object, value: string): string {
  return JSON.stringify(event)
    .replace('VALUE', value)
    .replace('BASE64', Buffer.from(value).toString('base64'));
}

test.each<[string, string | undefined]>([
  ['192.0.2.4', '192.0.2.4'],
  ['10.1.1.1:99, 192.0.2.4:5678', '192.0.2.4'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::2]:99, [2001:db8::1]:5678', '2001:db8::1'],
  ['2001:db8::1:5678', '2001:db8::1:5678'],
  ['::ffff:192.0.2.4', '::ffff:192.0.2.4'],
  [':5678', undefined],
  [']:5678', undefined],
  ['', undefined],
])('who sent it is read from what the load balancer wrote: %s', (forwarded, address) => {
  const elb = { targetGroupArn: 'arn:aws:elasticloadbalancing:x' };
  const event = {
    requestContext: { elb },
    httpMethod: 'GET',
    headers: { 'x-forwarded-for': forwarded, a: 'x needle' },
  };
  expect(inspect(event).address).toBe(address);
});

test.each(events)('knows %s', (trigger, event, address) => {
  const harmless = engine.inspectEvent(fill(event, 'hay stack'));
  expect(harmless).toMatchObject({ trigger, verdicts: [], decision: { kind: 'pass' } });
  expect(harmless.address).toBe(address);
  const attack = engine.inspectEvent(fill(event, 'x needle'));
  expect(attack.verdicts).toMatchObject([{ class: 'custom', effect: 'prevent' }]);
  expect(attack.decision.kind).not.toBe('pass');
});

test('an event with half of a trigger’s fields is one of those that remain', () => {
  expect(inspect({ requestContext: { http: { method: 'GET' } } }).trigger).toBe('http-api');
  expect(inspect({ Records: [{}] }).trigger).toBe('direct');
});

test('objects without members hide nothing behind them', () => {
  const event = { stageVariables: {}, pathParameters: {}, ...events[0]?.[1] };
  expect(inspect(event).trigger).toBe('rest-api');
});

test('who the platform says the client is', () => {
  expect(engine.inspectEvent(fill(events[0]?.[1] ?? {}, 'hay')).identity).toBe('anna');
});

describe('refuses in the shape of the trigger', () => {
  const refusal = (trigger: string, by = engine) => {
    const event = events.find(([name]) => name === trigger)?.[1] ?? {};
    const { decision } = by.inspectEvent(fill(event, 'x needle'));
    return decision.kind === 'answer' ? JSON.parse(decision.response) : decision;
  };
  const http = {
    statusCode: 403,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'Forbidden',
  };

  test.each<[string, unknown]>([
    ['rest-api', { ...http, isBase64Encoded: false }],
    ['http-api', { ...http, isBase64Encoded: false }],
    ['function-url', { ...http, isBase64Encoded: false }],
    ['websocket', { ...http, isBase64Encoded: false }],
    ['alb', { ...http, statusDescription: '403 Refused', isBase64Encoded: false }],
    [
      'lambda-edge',
      {
        status: '403',
        headers: { 'content-type': [{ key: 'Content-Type', value: 'text/plain; charset=utf-8' }] },
        body: 'Forbidden',
      },
    ],
    ['azure-http', { Outputs: { res: http }, Logs: [], ReturnValue: null }],
    [
      'authorizer',
      { kind: 'error', error: '{"errorMessage":"Unauthorized","errorType":"Ringfence.Refused"}' },
    ],
  ])('%s', (trigger, expected) => {
    expect(refusal(trigger)).toEqual(expected);
  });

  test('a direct invocation fails', () => {
    expect(refusal('direct')).toMatchObject({
      kind: 'error',
      error: expect.stringContaining('Ringfence.Refused'),
    });
  });

  test('an event that nobody waits for fails, or is dropped', async () => {
    expect(refusal('eventbridge')).toMatchObject({ kind: 'error' });
    expect(refusal('eventbridge', await loadEngine(needleSettings({ records: 'drop' })))).toBeNull();
  });

  test('with the texts of the rule', async () => {
    const response = { status: 422, type: 'application/json', body: '{"no":"way"}' };
    const own = await loadEngine(needleSettings({ response }));
    expect(refusal('rest-api', own)).toMatchObject({
      statusCode: 422,
      headers: { 'content-type': 'application/json' },
      body: '{"no":"way"}',
    });
  });
});

describe('batches', () => {
  const sqs = (...bodies: string[]) => ({
    Records: bodies.map((body, index) => ({ messageId: `id-${index}`, eventSource: 'aws:sqs', body })),
  });

  test('give the function the clean records, and fail the others', () => {
    const { decision } = inspect(sqs('hay', 'x needle', 'straw', 'x needle'));
    if (decision.kind !== 'replace') throw new Error(decision.kind);
    expect(JSON.parse(decision.event)).toEqual({
      Records: [sqs('hay').Records[0], { messageId: 'id-2', eventSource: 'aws:sqs', body: 'straw' }],
    });
    const merge = (response: string) => JSON.parse(engine.mergeResponse(response, decision.failures));
    const failures = [{ itemIdentifier: 'id-1' }, { itemIdentifier: 'id-3' }];
    expect(merge('null')).toEqual({ batchItemFailures: failures });
    expect(merge('')).toEqual({ batchItemFailures: failures });
    expect(merge('{}')).toEqual({ batchItemFailures: failures });
    expect(merge('{"batchItemFailures":[]}')).toEqual({ batchItemFailures: failures });
    expect(merge('{"a":[{}],"batchItemFailures": [ {"itemIdentifier":"id-0"} ]}')).toEqual({
      a: [{}],
      batchItemFailures: [...failures, { itemIdentifier: 'id-0' }],
    });
  });

  test('drop the others by the rule', async () => {
    const drops = await loadEngine(needleSettings({ records: 'drop' }));
    const { decision } = inspect(sqs('x needle', 'hay'), drops);
    expect(decision).toMatchObject({ kind: 'replace', failures: '' });
    expect(inspect(sqs('x needle'), drops).decision).toEqual({ kind: 'answer', response: 'null' });
  });

  test('refuse more records than verdicts are kept', () => {
    const { decision, verdicts, leftOut } = inspect(
      sqs('hay', ...Array.from({ length: 500 }, () => 'x needle')),
    );
    expect(verdicts.length + leftOut).toBe(500);
    if (decision.kind !== 'replace') throw new Error(decision.kind);
    expect(JSON.parse(decision.event).Records).toHaveLength(1);
    expect(JSON.parse(`[${decision.failures}]`)).toHaveLength(500);
  });

  test('of Firehose say which records failed', () => {
    const data = (text: string) => Buffer.from(text).toString('base64');
    const event = {
      deliveryStreamArn: 'arn:aws:firehose:x',
      records: [
        { recordId: 'a', data: data('x needle') },
        { recordId: 'b', data: data('hay') },
      ],
    };
    const { decision } = inspect(event);
    if (decision.kind !== 'replace') throw new Error(decision.kind);
    const response = '{"records":[{"recordId":"b","result":"Ok","data":"aGF5"}]}';
    expect(JSON.parse(engine.mergeResponse(response, decision.failures))).toEqual({
      records: [
        { recordId: 'a', result: 'ProcessingFailed' },
        { recordId: 'b', result: 'Ok', data: 'aGF5' },
      ],
    });
  });
});

describe('sources', () => {
  const from = (sourceIp: string, body: string) => ({
    httpMethod: 'GET',
    body,
    requestContext: { identity: { sourceIp } },
  });

  test('are trusted, or refused unjudged', async () => {
    const sources = { allow: [toIpNetwork('10.0.0.0/8')], deny: [toIpNetwork('10.9.0.0/16')] };
    const judge = await loadEngine(needleSettings({ sources }));
    expect(inspect(from('10.1.2.3', 'x needle'), judge)).toMatchObject({
      verdicts: [],
      decision: { kind: 'pass' },
    });
    expect(inspect(from('10.9.2.3', 'hay'), judge)).toMatchObject({
      verdicts: [{ class: 'source', effect: 'prevent' }],
      decision: { kind: 'answer' },
    });
    expect(inspect(from('192.0.2.1', 'x needle'), judge).decision.kind).toBe('answer');
  });

  test('that attack are banned for a while', async () => {
    const judge = await loadEngine(needleSettings({ effects: { custom: 'ban' }, banSeconds: 60 }));
    const start = Date.UTC(2026, 0, 1);
    expect(inspect(from('192.0.2.1', 'hay'), judge, start).decision.kind).toBe('pass');
    expect(inspect(from('192.0.2.1', 'x needle'), judge, start).decision.kind).toBe('answer');
    expect(inspect(from('192.0.2.1', 'hay'), judge, start + 59_000).verdicts).toMatchObject([
      { class: 'source' },
    ]);
    expect(inspect(from('192.0.2.2', 'hay'), judge, start + 59_000).decision.kind).toBe('pass');
    expect(inspect(from('192.0.2.1', 'hay'), judge, start + 61_000).decision.kind).toBe('pass');
  });

  test('exceptions hold for a field, a class and a source', async () => {
    const exceptions = [
      { classes: ['custom' as const], field: 'body.note*', sources: [toIpNetwork('10.0.0.0/8')] },
    ];
    const judge = await loadEngine(needleSettings({ exceptions }));
    const kind = (address: string, body: object) =>
      inspect(from(address, JSON.stringify(body)), judge).decision.kind;
    expect(kind('10.0.0.1', { notes: ['x needle'] })).toBe('pass');
    expect(kind('10.0.0.1', { other: 'x needle' })).toBe('answer');
    expect(kind('192.0.2.1', { notes: ['x needle'] })).toBe('answer');
  });
});

test('an event that is not fully judged passes or not, by onError', async () => {
  const event = { httpMethod: 'GET', body: `${'%25'.repeat(50_000)}&#37;+\\x25` };
  expect(inspect(event)).toMatchObject({ incomplete: true, decision: { kind: 'pass' } });
  const closed = await loadEngine(needleSettings({ onError: 'closed' }));
  expect(inspect(event, closed).decision.kind).toBe('answer');
});
