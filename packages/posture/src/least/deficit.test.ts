import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPosture } from '../posture.ts';
import { leastPrivilege } from './least-privilege.ts';
import { readNeeds } from './read-needs.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-deficit-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

writeFileSync(
  join(root, 'index.py'),
  `import boto3, os
def handler(event, context):
    names = [os.environ['ONE'], os.environ['TWO']]
    boto3.resource('dynamodb').Table(names[event['index']]).get_item(Key={})
`,
);

/** What is missing of a function that reads one table or the other, and may read the one that is named. */
async function missing(allowed: string) {
  writeFileSync(
    join(root, 'template.yaml'),
    `Resources:
  One: { Type: AWS::DynamoDB::Table }
  Two: { Type: AWS::DynamoDB::Table }
  Other: { Type: AWS::DynamoDB::Table }
  Read:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      CodeUri: .
      Environment: { Variables: { ONE: !Ref One, TWO: !Ref Two } }
      Policies: [{ Statement: [{ Effect: Allow, Action: dynamodb:GetItem, Resource: !GetAtt ${allowed}.Arn }] }]`,
  );
  const { graphs } = await readPosture(root);
  const [graph] = graphs;
  if (!graph) throw new Error('the template was not read');
  const { deficits } = leastPrivilege(await readNeeds(graph, root));
  return deficits.flatMap(({ needs }) => needs.map(({ resource }) => resource?.replace(/.*table\//, '')));
}

test('of several tables that one call may read, one that is granted may be all', async () => {
  expect(await missing('One')).toEqual([]);
});

test('where none of them is granted, all are missing', async () => {
  expect(await missing('Other')).toEqual(['${One}', '${Two}']);
});
