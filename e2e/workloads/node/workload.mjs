import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pg from 'pg';

const { API_URL, DATABASE_URL, S3_URL, SCRATCH, FILES, MEGABYTES } = process.env;

async function useHttp() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set();
  const answers = createHash('sha256');
  for (let index = 0; index < 50; index++) {
    const response = await new Promise((resolve, reject) =>
      get(`${API_URL}/${index}`, { agent }, resolve).on('error', reject),
    );
    ports.add(response.socket.localPort);
    answers.update(await text(response));
  }
  agent.destroy();
  return `50 answers ${answers.digest('hex')} over ${ports.size} connection`;
}

async function useDatabase() {
  const client = new pg.Client(DATABASE_URL);
  await client.connect();
  await client.query('create temp table numbers (n int, words text)');
  await client.query(
    "insert into numbers select n, 'number ' || n from generate_series(1, $1::int) n",
    [1000],
  );
  const { rows } = await client.query(
    'select sum(n) as sum, max(words) as last from numbers where n % $1 = 0',
    [7],
  );
  await client.end();
  return `sum ${rows[0].sum}, last ${rows[0].last}`;
}

async function useAws() {
  const client = new S3Client({
    endpoint: S3_URL,
    region: 'eu-west-1',
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId: 'lab', secretAccessKey: 'lab' },
  });
  for (const key of ['one', 'two'])
    await client.send(new PutObjectCommand({ Bucket: 'node', Key: key, Body: `object ${key}` }));
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'node' }));
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'node', Key: 'two' }));
  return `${Contents.map(({ Key }) => Key).join(' ')}: ${await Body.transformToString()}`;
}

async function useThreads() {
  const code = `const { createHash } = require('crypto'); const { parentPort, workerData } = require('worker_threads');
    let value = String(workerData); for (let i = 0; i < 20000; i++) value = createHash('sha256').update(value).digest('hex'); parentPort.postMessage(value);`;
  const results = [1, 2, 3, 4].map(
    (workerData) =>
      new Promise((resolve, reject) =>
        new Worker(code, { eval: true, workerData }).on('message', resolve).on('error', reject),
      ),
  );
  return (await Promise.all(results)).map((hash) => hash.slice(0, 8)).join(' ');
}

function useChild() {
  const { stdout, status } = spawnSync('/usr/bin/sort', ['-n'], { input: '10\n9\n8\n' });
  return `${stdout.toString().trim().split('\n').join(' ')}, exit code ${status}`;
}

function useSmallFiles() {
  const folder = `${SCRATCH}/small`;
  mkdirSync(folder);
  for (let index = 0; index < 100; index++) writeFileSync(`${folder}/${index}`, `content of ${index}`);
  const all = createHash('sha256');
  for (let index = 0; index < Number(FILES); index++) all.update(readFileSync(`${folder}/${index % 100}`));
  rmSync(folder, { recursive: true });
  return `${FILES} reads ${all.digest('hex')}`;
}

function useLargeFile() {
  const path = `${SCRATCH}/large`;
  const piece = Buffer.alloc(1 << 20);
  let file = openSync(path, 'w');
  for (let index = 0; index < Number(MEGABYTES); index++) writeSync(file, piece.fill(index % 251));
  closeSync(file);
  const all = createHash('sha256');
  file = openSync(path, 'r');
  for (let length = 1; length > 0; ) {
    length = readSync(file, piece);
    all.update(piece.subarray(0, length));
  }
  closeSync(file);
  rmSync(path);
  return `${MEGABYTES} MB ${all.digest('hex')}`;
}

for (const use of [useHttp, useDatabase, useAws, useThreads, useChild, useSmallFiles, useLargeFile])
  console.log(`${use.name}: ${await use()}`);
