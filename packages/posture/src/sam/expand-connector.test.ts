import { expect, test } from 'vitest';
import { missingPermission } from '../checks/missing-permission.ts';
import { orphanFunction } from '../checks/orphan-function.ts';
import { unusedPermission } from '../checks/unused-permission.ts';
import { readNeeds } from '../least/read-needs.ts';
import { graphOf } from '../testing/graph-of.ts';

const relay = (connectors: string, others = '') => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Inbox: { Type: AWS::SQS::Queue }
  News: { Type: AWS::SNS::Topic }
  Relay:
    Type: AWS::Serverless::Function
    ${connectors}
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      Environment: { Variables: { QUEUE: !Ref Inbox } }
      InlineCode: |
        const { SQS } = require('@aws-sdk/client-sqs');
        const sqs = new SQS({});
        exports.handler = (event) => sqs.sendMessage({ QueueUrl: process.env.QUEUE, MessageBody: event.body });
${others}`;
const own = (permissions: string) =>
  `Connectors: { ToInbox: { Properties: { Destination: { Id: Inbox }, Permissions: [${permissions}] } } }`;
const apart = (source: string, destination: string) =>
  `  It: { Type: AWS::Serverless::Connector, Properties: { Source: { Id: ${source} }, Destination: [{ Id: ${destination} }], Permissions: [Write] } }`;

test.each([
  ['none', relay(''), { missing: 1, unused: 0, orphans: 1 }],
  ['one of its own', relay(own('Write')), { missing: 0, unused: 0, orphans: 1 }],
  ['one that also reads', relay(own('Read, Write')), { missing: 0, unused: 1, orphans: 1 }],
  ['one of the template', relay('', apart('Relay', 'Inbox')), { missing: 0, unused: 0, orphans: 1 }],
  [
    'one by which a topic calls it',
    relay(own('Write'), apart('News', 'Relay')),
    { missing: 0, unused: 0, orphans: 0 },
  ],
])('a function with connectors: %s', async (_, template, expected) => {
  const graph = await readNeeds(graphOf(template), '.');
  const [missing, unused, orphans] = await Promise.all(
    [missingPermission, unusedPermission, orphanFunction].map(
      async (check) => (await check.find(graph)).length,
    ),
  );
  expect({ missing, unused, orphans }).toEqual(expected);
});
