import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readPosture } from './posture.ts';
import { writeFiles } from './testing/write-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-templates-'));
afterAll(() => rmSync(folder, { recursive: true }));

const aFunction = 'Resources: { Job: { Type: AWS::Lambda::Function, Properties: { Handler: a.b } } }';
const nesting = (address: string, more = '') =>
  `Resources: { Stack: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ${address} }${more} } }`;
const assets = "!Sub 'https://s3.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/9f.json'";

test.each<[string, Record<string, string>, string[]]>([
  [
    'of services, each in a folder',
    { 'services/a/template.yaml': aFunction, 'services/b/template.yaml': aFunction },
    ['Job', 'Job'],
  ],
  [
    'of services of the Serverless Framework, each in a folder',
    {
      'serverless-compose.yml': 'services: { a: { path: a } }',
      'a/serverless.yml': 'service: a\nprovider: { name: aws }\nfunctions: { job: { handler: a.b } }',
      'b/serverless.ts':
        "import { make } from '../make';\nexport default make({ functions: { run: { handler: a.b } } });",
      'make.ts':
        "export const make = ({ functions }) => ({ service: 'b', provider: { name: 'aws' }, functions });",
    },
    ['JobLambdaFunction', 'RunLambdaFunction'],
  ],
  [
    'beside a folder that is called like a template',
    { 'template.yaml/readme.md': '', 'jobs.yml': aFunction },
    ['Job'],
  ],
  ['with a name of its own', { 'jobs.yml': aFunction, 'settings.yml': 'Resources: none' }, ['Job']],
  [
    'that another nests, by its address in a bucket',
    {
      'templates/jobs.yaml': aFunction,
      'main.yaml': nesting("!Sub 'https://${Bucket}.s3.amazonaws.com/v1/templates/jobs.yaml'"),
    },
    ['Stack/Job'],
  ],
  [
    'of the CDK, with nested stacks and stages',
    {
      'cdk.out/Shop.template.json': nesting(
        assets,
        ', Metadata: { aws:asset:path: ShopJobs.nested.template.json }',
      ),
      'cdk.out/ShopJobs.nested.template.json': aFunction,
      'cdk.out/assembly-Prod/ProdShop.template.json': aFunction,
    },
    ['Stack/Job', 'Job'],
  ],
])('templates %s are found', async (name, files, functions) => {
  const root = join(folder, name);
  writeFiles(root, files);
  const { graphs } = await readPosture(root);
  expect(graphs.flatMap((graph) => [...graph.functions.keys()]).sort()).toEqual(functions.toSorted());
});

test('a service that only running it could tell is told, and the others that serverless-compose names are read with its params', async () => {
  const root = join(folder, 'composed');
  const files = {
    'serverless-compose.yml': `services:
  orders: { path: orders, params: { queue: orders-live, topic: '\${mail.TopicArn}' } }
  made: { path: made }`,
    'orders/serverless.yml': `service: orders
provider: { name: aws, runtime: nodejs22.x, environment: { QUEUE: '\${param:queue}', TOPIC: '\${param:topic}' } }
functions: { run: { handler: a.run } }`,
    'made/serverless.ts': "import { build } from 'factory';\nexport default build();",
  };
  writeFiles(root, files);
  const { graphs, notes } = await readPosture(root);
  expect(
    graphs.flatMap((graph) => [...graph.functions.values()].map(({ environment }) => environment)),
  ).toEqual([{ QUEUE: 'orders-live', TOPIC: '${Serverless:param:topic}' }]);
  expect(notes).toEqual([expect.stringMatching(/^made\/serverless\.ts is code, which is not run/)]);
  await expect(readPosture(join(root, 'made'))).rejects.toThrow(/^serverless\.ts is code/);
});
