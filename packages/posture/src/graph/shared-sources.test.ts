import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPosture, readPosture } from '../posture.ts';
import { writeFiles } from '../testing/write-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-shared-'));
afterAll(() => rmSync(folder, { recursive: true }));

const template = (properties: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Common:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layer }
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: apps/orders
      Environment: { Variables: { TABLE: !Ref Table } }
      Policies:
        - Statement: [{ Effect: Allow, Action: [dynamodb:GetItem, dynamodb:DeleteItem], Resource: !GetAtt Table.Arn }]
      ${properties}`;
const inNode = template('Runtime: nodejs22.x\n      Handler: app.handler');
const inPython = template('Runtime: python3.13\n      Handler: app.handler\n      Layers: [!Ref Common]');
const inNodeWithLayer = `${inNode}\n      Layers: [!Ref Common]`;

const store = `
import { DynamoDB } from '@aws-sdk/client-dynamodb';
const db = new DynamoDB({});
export const find = (id) => db.getItem({ TableName: process.env.TABLE, Key: { id } });`;
const app = (from: string) => `import { find } from '${from}';\nexport const handler = ({ id }) => find(id);`;

const projects: Record<string, Record<string, string>> = {
  'beside its folder': {
    'template.yaml': inNode,
    'apps/orders/app.ts': app('../../libs/store'),
    'libs/store.ts': store,
  },
  'by a path of TypeScript': {
    'template.yaml': inNode,
    'tsconfig.json': '{ // paths\n "compilerOptions": { "paths": { "@libs/*": ["libs/*"] } } }',
    'apps/orders/app.ts': app('@libs/store'),
    'libs/store.ts': store,
  },
  'from a package of the workspace': {
    'template.yaml': inNode,
    'package.json': '{ "workspaces": ["apps/*", "packages/*"] }',
    'packages/store/package.json': '{ "name": "@shop/store" }',
    'packages/store/src/index.ts': store,
    'apps/orders/app.ts': app('@shop/store'),
  },
  'from a layer': {
    'template.yaml': inNodeWithLayer,
    'layer/nodejs/store.mjs': store,
    'apps/orders/app.mjs': app('/opt/nodejs/store.mjs'),
  },
  'from a package in a layer': {
    'template.yaml': inNodeWithLayer,
    'layer/nodejs/node_modules/@shop/store/package.json': '{ "main": "lib/store.mjs" }',
    'layer/nodejs/node_modules/@shop/store/lib/store.mjs': store,
    'apps/orders/app.mjs': app('@shop/store'),
  },
  'from a layer in Python': {
    'template.yaml': inPython,
    'layer/python/shop/store.py':
      'import boto3, os\ntable = boto3.resource("dynamodb").Table(os.environ["TABLE"])\ndef find(id):\n    return table.get_item(Key={"id": id})',
    'apps/orders/app.py':
      'from shop import store\ndef handler(event, context):\n    return store.find(event["id"])',
  },
};

test.each(Object.entries(projects))('what a function takes %s is followed', async (name, files) => {
  const root = join(folder, name);
  writeFiles(root, files);
  const { findings, notes } = await findPosture(root, await readPosture(root));
  expect(notes).toEqual([]);
  const unused = findings.filter(({ rule }) => rule === 'posture/unused-permission');
  expect(unused.map(({ message }) => message.split('. ')[0])).toEqual(['Nothing needs dynamodb:DeleteItem']);
});

test('what is taken from outside of the project is told, and nothing is called unused', async () => {
  const root = join(folder, 'lost');
  mkdirSync(join(root, 'apps/orders'), { recursive: true });
  writeFileSync(join(root, 'template.yaml'), inNode);
  writeFileSync(join(root, 'apps/orders/app.ts'), app('../../../other/store'));
  const { findings, notes } = await findPosture(root, await readPosture(root));
  expect(findings.filter(({ rule }) => rule === 'posture/unused-permission')).toEqual([]);
  expect(notes).toEqual([expect.stringContaining('../../../other/store is not in the package')]);
});
