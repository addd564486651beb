import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPackage, readOwnModules } from '@ringfence/scan';
import { afterAll, expect, test } from 'vitest';
import { writeFiles } from '../testing/write-files.ts';
import { observeBehaviour } from './observe-behaviour.ts';

const root = mkdtempSync(join(tmpdir(), 'ringfence-behaviour-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

async function observe(files: Record<string, string>, handler: string, environment = {}) {
  const folder = join(root, String(count++));
  writeFiles(folder, files);
  const opened = await openPackage(folder);
  const found = await observeBehaviour(opened, await readOwnModules(opened), handler, environment);
  await opened.close();
  const { programs, hosts, exposedTo, unknownHost, unknownProgram, packages, notes } = found;
  return {
    programs: [...programs.keys()],
    hosts: [...hosts.keys()],
    exposedTo: [...exposedTo.keys()],
    ...(unknownHost && { unknownHost: unknownHost.line }),
    ...(unknownProgram && { unknownProgram: unknownProgram.line }),
    packages: [...packages.starting, ...packages.connecting, ...packages.missing],
    notes,
  };
}

const nothing = { programs: [], hosts: [], exposedTo: [], packages: [], notes: [] };
const node = (code: string) => ({ 'index.mjs': code });
const python = (code: string) => ({ 'app.py': code });

test.each([
  ['nothing', node('export const handler = () => ({ statusCode: 200 });'), {}],
  [
    'clients of the SDK, also from a module beside',
    {
      'index.mjs':
        "import { save } from './save.mjs';\nimport { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';\nconst sfn = new SFNClient({});\nexport const handler = async (event) => { await save(event); await sfn.send(new StartExecutionCommand({})); };",
      'save.mjs':
        "import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3';\nconst client = new S3Client({});\nexport const save = (event) => client.send(new PutObjectCommand({ Bucket: 'a', Key: 'b', Body: event.body }));",
    },
    { hosts: ['s3.*.amazonaws.com:443', '*.s3.*.amazonaws.com:443', 'states.*.amazonaws.com:443'].sort() },
  ],
  [
    'addresses: constant, from the settings, by options',
    node(
      "import https from 'node:https';\nexport const handler = async (event) => {\n  await fetch('https://api.shop.example/orders/' + event.id);\n  await fetch(`${process.env.API}/x`);\n  https.get({ hostname: 'old.shop.example', path: '/' });\n};",
    ),
    { hosts: ['api.shop.example:443', 'in.shop.example:8443', 'old.shop.example:443'], exposedTo: [] },
  ],
  [
    'an address of an event',
    node('export const handler = async (event) => {\n  await fetch(event.url);\n};'),
    { unknownHost: 2, exposedTo: ['ssrf'] },
  ],
  [
    'programs',
    node(
      "import { execFileSync, spawn } from 'node:child_process';\nexport const handler = (event) => {\n  execFileSync('/opt/bin/gs', ['-q', event.file]);\n  spawn('ffmpeg', ['-i', event.file]);\n};",
    ),
    { programs: ['/opt/bin/gs', 'ffmpeg'] },
  ],
  [
    'a line for a shell',
    node(
      "import { execSync } from 'node:child_process';\nexport const handler = (event) => execSync(`grep ${event.text} file`);",
    ),
    { programs: ['sh', 'grep'], exposedTo: ['cmdi'] },
  ],
  [
    'a program of an unknown name',
    node(
      "import { spawn } from 'node:child_process';\nexport const handler = (event) => {\n  spawn(event.program);\n};",
    ),
    { unknownProgram: 3, exposedTo: ['cmdi'] },
  ],
  [
    'a package that is not here',
    node("import shop from 'shop-client';\nexport const handler = () => shop();"),
    { packages: ['shop-client'] },
  ],
  [
    'a package that connects',
    {
      ...node("import shop from 'shop-client';\nexport const handler = () => shop();"),
      'node_modules/shop-client/package.json': '{"name":"shop-client","version":"1.0.0","main":"index.js"}',
      'node_modules/shop-client/index.js':
        "const net = require('net');\nmodule.exports = () => net.connect(1);",
    },
    { packages: ['shop-client'] },
  ],
  [
    'SQL',
    node(
      "import pg from 'pg';\nconst pool = new pg.Pool({ host: 'db.shop.example', port: 5432 });\nexport const handler = (event) => pool.query('SELECT * FROM orders WHERE id = ' + event.id);",
    ),
    { hosts: ['db.shop.example:5432'], exposedTo: ['sqli'], packages: ['pg'] },
  ],
])('Node: %s', async (_, files, expected) => {
  const found = await observe(files, 'index.handler', { API: 'https://in.shop.example:8443' });
  expect({ ...found, hosts: found.hosts.sort() }).toEqual({ ...nothing, ...expected });
});

test.each([
  [
    'boto3',
    python(
      "import boto3\ntable = boto3.resource('dynamodb').Table('t')\nqueue = boto3.client('sqs')\ndef handler(event, context):\n    table.put_item(Item=event)\n    queue.send_message(QueueUrl='u', MessageBody='m')\n",
    ),
    { hosts: ['*.ddb.*.amazonaws.com:443', 'dynamodb.*.amazonaws.com:443', 'sqs.*.amazonaws.com:443'] },
  ],
  [
    'urllib and requests',
    python(
      "import requests\nfrom urllib.request import urlopen\ndef handler(event, context):\n    requests.get('https://a.example/x')\n    urlopen('http://b.example/')\n",
    ),
    { hosts: ['a.example:443', 'b.example:80'], packages: ['requests'] },
  ],
  [
    'an address as an object, and a module beside that nothing imports',
    {
      ...python(
        "import urllib.request\ndef handler(event, context):\n    request = urllib.request.Request('https://a.example/x')\n    urllib.request.urlopen(request)\n",
      ),
      'other.py': "import boto3\nboto3.client('s3').list_buckets()\n",
    },
    { hosts: ['a.example:443'] },
  ],
  [
    'programs',
    python(
      "import subprocess\ndef handler(event, context):\n    subprocess.run(['pdftotext', event['file']])\n",
    ),
    { programs: ['pdftotext'] },
  ],
  [
    'what is unpickled',
    python("import pickle\ndef handler(event, context):\n    return pickle.loads(event['body'])\n"),
    { exposedTo: ['code'] },
  ],
])('Python: %s', async (_, files, expected) => {
  const found = await observe(files, 'app.handler');
  expect({ ...found, hosts: found.hosts.sort() }).toEqual({ ...nothing, ...expected });
});

test('code that no handler can be found in is said', async () => {
  expect(await observe(node('export const x = 1;'), 'index.handler')).toMatchObject({
    notes: [expect.stringMatching(/^No handler was found in /)],
  });
});
