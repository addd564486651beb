import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findSdkCalls } from '@ringfence/posture/calls';
import { openPackage } from '@ringfence/scan';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../ringfence.ts';
import { startRecorder } from './aws-recorder.ts';

let recorder: Awaited<ReturnType<typeof startRecorder>>;
beforeAll(async () => {
  recorder = await startRecorder();
});
afterAll(() => recorder.close());

const runners = {
  node: [
    'node',
    '--input-type=module',
    '-e',
    'const { handler } = await import(process.env.FILE); await handler(JSON.parse(process.env.EVENT), {});',
  ],
  // Debian's boto3 does not read AWS_ENDPOINT_URL yet.
  python: [
    'python3',
    '-c',
    `
import functools, importlib, json, os, sys, boto3
for name in ("client", "resource"):
    setattr(boto3, name, functools.partial(getattr(boto3, name), endpoint_url=os.environ["AWS_ENDPOINT_URL"]))
sys.path.insert(0, os.getcwd())
importlib.import_module(os.environ["FILE"]).handler(json.loads(os.environ["EVENT"]), None)
`,
  ],
} as const;

/** Runs a handler once, and gives what its SDK asked the recorder for. A function may well fail on the recorder's poor answers. */
async function use(
  language: keyof typeof runners,
  folder: string,
  file: string,
  event: unknown,
  env: Record<string, string>,
) {
  const [command, ...args] = runners[language];
  const child = spawn(command, args, {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL: recorder.url,
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      PYTHONDONTWRITEBYTECODE: '1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'example',
      FILE: file,
      EVENT: JSON.stringify(event),
      ...env,
    },
  });
  await new Promise((resolve) => child.once('close', resolve));
  return recorder.take();
}

/** What the code is found to call. */
async function need(folder: string, handler: string) {
  const files = await openPackage(folder);
  const { calls, whole, notes } = await findSdkCalls(files, handler);
  await files.close();
  expect({ whole, notes }).toEqual({ whole: true, notes: [] });
  return [...new Set(calls.map(({ service, operation }) => `${service}:${operation}`))].sort();
}

const customer = { requestContext: { authorizer: { claims: { sub: 'ada' } } } };
const s3Event = { Records: [{ s3: { bucket: { name: 'uploads' }, object: { key: 'a.jpg' } } }] };
const shopEnvironment = {
  ORDERS: 'orders',
  PAID: 'arn:aws:sns:eu-west-1:123456789012:paid',
  PICTURES: 'pictures',
  EXPORTS: 'exports',
};

describe('the shop (Node, AWS SDK 3) calls what is found in its code', () => {
  it.each([
    ['list-orders', customer],
    ['get-order', { ...customer, pathParameters: { id: '1' } }],
    ['create-order', { ...customer, body: '{"items":["tea"]}' }],
    ['make-thumbnail', s3Event],
    ['pay-order', { Records: [{ messageId: '1', body: '{"id":"1"}' }] }],
    ['search-orders', { queryStringParameters: { text: 'tea' } }],
    ['export-orders', {}],
    ['admin', { queryStringParameters: { id: '1' } }],
    ['monthly-report', {}],
    ['import-legacy', { orders: [{ id: '1' }] }],
    ['health', {}],
  ])('%s', async (name, event) => {
    const folder = join(root, 'examples/apps/shop/functions', name);
    const used = await use('node', folder, join(folder, 'index.mjs'), event, {
      ...shopEnvironment,
      // The SDK takes a queue's address for the endpoint.
      PAYMENTS: `${recorder.url}/123456789012/payments`,
    });
    expect(used).toEqual(await need(folder, 'index.handler'));
  });
});

const clinicEnvironment = {
  PATIENTS: 'patients',
  REMINDERS: 'https://sqs.eu-west-1.amazonaws.com/123456789012/reminders',
  TEXTS: 'arn:aws:sns:eu-west-1:123456789012:texts',
  LETTERS: 'letters',
  LABORATORY_KEY: 'laboratory',
  FORMS: 'forms',
};
const patient = { pathParameters: { id: '1' } };

describe('the clinic (Python, boto3) calls what is found in its code', () => {
  it.each([
    ['get_patient', patient],
    ['book_appointment', { ...patient, body: '{"day":"Monday"}' }],
    ['remind', { Records: [{ messageId: '1', body: '{"day":"Monday"}' }] }],
    ['store_letter', { ...patient, body: 'YQ==' }],
    // A pickled list of one patient.
    ['import_patients', { body: 'gASVEAAAAAAAAABdlH2UjAJpZJSMATGUc2Eu' }],
    ['find_letters', patient],
    ['ask_laboratory', {}],
    ['deploy_forms', {}],
    ['count_visits', {}],
  ])('%s', async (name, event) => {
    const folder = join(root, 'examples/apps/clinic');
    const used = await use('python', folder, `handlers.${name}`, event, clinicEnvironment);
    expect(used).toEqual(await need(folder, `handlers/${name}.handler`));
  });
});
