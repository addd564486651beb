import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';
import type { Uses } from './function-use.ts';
import { useOfModel } from './model-use.ts';
import { readTrail } from './read-trail.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-use-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const from = Date.parse('2026-09-01T12:00:00Z');
const event = (day: number, source: string, name: string, more: object = {}) => ({
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:shop-Orders-1A2B3C4D5E6F',
    arn: 'arn:aws:sts::123456789012:assumed-role/shop-OrdersRole-ABCDEF/shop-Orders-1A2B3C4D5E6F',
    accountId: '123456789012',
    sessionContext: { sessionIssuer: { type: 'Role', userName: 'shop-OrdersRole-ABCDEF' } },
  },
  eventTime: new Date(from + day * 86_400_000).toISOString(),
  eventSource: `${source}.amazonaws.com`,
  eventName: name,
  awsRegion: 'eu-west-1',
  requestParameters: null,
  eventType: 'AwsApiCall',
  managementEvent: true,
  eventCategory: 'Management',
  ...more,
});

const template = (extra = '') => `
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      ${extra}
      InlineCode: |
        const { SSM } = require('@aws-sdk/client-ssm');
        exports.handler = async (event) => {
          await require('./plugins/' + event.plugin)(new SSM({}));
        };
      Policies:
        - Statement:
            - Effect: Allow
              Action: [ssm:GetParameter, secretsmanager:GetSecretValue, dynamodb:DeleteTable, dynamodb:DeleteItem]
              Resource: arn:aws:ssm:eu-west-1:123456789012:parameter/shop
`;

async function unusedBy(uses: Uses, text = template()): Promise<string[]> {
  const path = join(folder, 'template.yaml');
  writeFileSync(path, text);
  const { findings } = await findPosture(path, await readPosture(path), uses);
  return findings
    .filter(({ rule }) => rule === 'posture/unused-permission')
    .map(({ message }) => message.replace(/ Whoever .*/, ''));
}

const write = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('an API trail', () => {
  const week = [event(0, 'logs', 'CreateLogStream'), event(30, 'ssm', 'GetParameter')];

  test('tells what code that could not be followed does not do, as far as it is logged', async () => {
    mkdirSync(join(folder, 'AWSLogs/2026/09'), { recursive: true });
    write('AWSLogs/2026/09/one.json', JSON.stringify({ Records: week.slice(0, 1) }));
    write('AWSLogs/2026/09/two.json.gz', gzipSync(JSON.stringify({ Records: week.slice(1) })));
    expect(await unusedBy(await readTrail([join(folder, 'AWSLogs')]))).toEqual([
      'Nothing is known to need secretsmanager:GetSecretValue, dynamodb:DeleteTable, and in 30 days of the API trail nothing used it; not all of the code could be followed.',
    ]);
  });

  test('is read from the event history, too', async () => {
    const history = { Events: week.map((each) => ({ EventId: 'x', CloudTrailEvent: JSON.stringify(each) })) };
    const uses = await readTrail([write('history.json', JSON.stringify(history))]);
    expect([...uses.keys()]).toEqual(['shop-Orders-1A2B3C4D5E6F']);
    expect(await unusedBy(uses)).toHaveLength(1);
  });

  test.each<[string, object[], string]>([
    ['of some days', [event(0, 'logs', 'CreateLogStream'), event(3, 'ssm', 'GetParameter')], template()],
    ['of another function', week, template('FunctionName: other')],
    ['of a name that nothing is known of', week, template('FunctionName: !ImportValue name')],
  ])('tells nothing where it is one %s', async (_, records, text) => {
    const uses = await readTrail([write('trail.json', JSON.stringify({ Records: records }))]);
    expect(await unusedBy(uses, text)).toEqual([]);
  });

  test.each([
    ['ssm', 'GetParameter', {}, ['ssm:GetParameter']],
    ['s3', 'ListObjects', {}, ['s3:ListBucket']],
    ['s3', 'GetObject', { requestParameters: { versionId: '1' } }, ['s3:GetObject', 's3:GetObjectVersion']],
    ['lambda', 'GetFunction20150331v2', {}, ['lambda:GetFunction']],
    ['monitoring', 'PutMetricAlarm', {}, ['cloudwatch:PutMetricAlarm']],
    ['ssm', 'GetParameter', { errorCode: 'AccessDenied' }, []],
    ['nobody', 'KnowsThis', {}, []],
  ])('has %s %s %j for %j', async (source, name, more, actions) => {
    const uses = await readTrail([
      write('trail.json', JSON.stringify({ Records: [event(0, source, name, more)] })),
    ]);
    const [[use] = []] = [...uses.values()];
    expect([...(use?.actions ?? [])]).toEqual(actions);
  });

  test.each<[string, string, string | Buffer, string]>([
    ['no JSON', 'trail.json', '{"Records":[', 'is no JSON'],
    ['something else', 'trail.json', '{"records":[]}', 'is no log of CloudTrail'],
    ['no gzip', 'trail.json.gz', 'hello', "can't be unpacked"],
    ['a bomb', 'trail.json.gz', gzipSync(Buffer.alloc(300 * 1024 * 1024)), 'unpacks to more than 256 MB'],
    ['a broken event of the history', 'h.json', '{"Events":[{"CloudTrailEvent":"{"}]}', 'is no JSON'],
  ])('that is %s is told by its name', async (_, name, content, message) => {
    const path = write(name, content);
    await expect(readTrail([path])).rejects.toThrow(`${path} ${message}`);
  });

  test('that does not exist, or has no logs, is told', async () => {
    await expect(readTrail([join(folder, 'none')])).rejects.toThrow('does not exist');
    await expect(readTrail([folder])).rejects.toThrow('has no .json or .json.gz file');
  });

  test('records that are none are passed over', async () => {
    const records = [null, 7, { eventName: 'x' }, event(0, 'ssm', 'GetParameter', { userIdentity: {} })];
    const uses = await readTrail([write('trail.json', JSON.stringify({ Records: records }))]);
    expect(uses.size).toBe(0);
  });
});

describe('a runtime model', () => {
  const model = (...values: string[]) => ({
    since: from,
    last: from + 20 * 86_400_000,
    entries: values.map((value) => ({ kind: 'domain', value, port: 443 })),
  });
  const uses = (...values: string[]): Uses =>
    new Map([['shop-Orders-1A2B3C4D5E6F', [useOfModel(model(...values))]]]);

  test('tells which services a function never talks to', async () => {
    expect(await unusedBy(uses('ssm.eu-west-1.amazonaws.com', 'api.example.com'))).toEqual([
      'Nothing is known to need secretsmanager:GetSecretValue, dynamodb:DeleteTable, dynamodb:DeleteItem, and in 20 days of its runtime model nothing used it; not all of the code could be followed.',
    ]);
    expect(
      await unusedBy(
        uses('123456789012.ddb.eu-west-1.amazonaws.com', 'secretsmanager.eu-west-1.amazonaws.com'),
      ),
    ).toEqual([expect.stringContaining('Nothing is known to need ssm:GetParameter, and')]);
  });

  test.each([
    ['a private endpoint', model('vpce-0a1b.ssm.eu-west-1.vpce.amazonaws.com')],
    ['any name', model('*.amazonaws.com')],
    ['an address', { ...model(), entries: [{ kind: 'address', value: '192.0.2.7', port: 443 }] }],
  ])('that has %s tells nothing', async (_, hidden) => {
    expect(await unusedBy(new Map([['shop-Orders-1A2B3C4D5E6F', [useOfModel(hidden)]]]))).toEqual([]);
  });
});
