import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readNeeds } from '../least/read-needs.ts';
import { readPosture } from '../posture.ts';
import { writeFiles } from '../testing/write-files.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-code-of-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Which actions the code of each function is found to need; undefined where it was not found. */
async function needs(files: Record<string, string>) {
  const root = mkdtempSync(join(work, 'app-'));
  writeFiles(root, files);
  const { graphs } = await readPosture(root);
  const all = await Promise.all(graphs.map((graph) => readNeeds(graph, root)));
  return Object.fromEntries(
    all.flatMap(({ functions }) =>
      [...functions.values()].map(({ id, needs: found }) => {
        const own = found?.needs.filter(({ location }) => location).map(({ action }) => action);
        return [id.slice(id.lastIndexOf('/') + 1), found?.isWhole ? own : undefined];
      }),
    ),
  );
}

const role = 'resource "aws_iam_role" "r" { assume_role_policy = "{}" }\n';
const aFunction = (name: string, runtime: string, more: string) =>
  `resource "aws_lambda_function" "${name}" {
  role    = aws_iam_role.r.arn
  runtime = "${runtime}"
  handler = "${runtime.startsWith('provided') ? 'bootstrap' : 'index.handler'}"
  ${more}
}
`;
const python = (call: string) =>
  `import boto3\ndef handler(event, context):\n    boto3.client("sqs").${call}()\n`;

test('an archive may be of one file, and may be named by the path that it is written to', async () => {
  const archive = (name: string, more: string) =>
    `data "archive_file" "${name}" {\n  type = "zip"\n  output_path = "\${path.module}/${name}.zip"\n  ${more}\n}\n`;
  expect(
    await needs({
      'main.tf':
        role +
        archive('a', 'source_file = "${path.module}/a/index.py"') +
        archive('b', 'source_dir = "b"') +
        aFunction('a', 'python3.13', 'filename = data.archive_file.a.output_path') +
        aFunction('b', 'python3.13', 'filename = "b.zip"'),
      'a/index.py': python('list_queues'),
      'b/index.py': python('purge_queue'),
    }),
  ).toEqual({ a: ['sqs:ListQueues'], b: ['sqs:PurgeQueue'] });
});

test('what is built elsewhere is found by the name of its package, if only one is called so', async () => {
  expect(
    await needs({
      'infra/main.tf':
        role +
        aFunction('a', 'python3.13', 'filename = "../dist/send-mail.zip"') +
        aFunction('b', 'python3.13', 'filename = "../dist/other.zip"'),
      'src/send_mail/index.py': python('list_queues'),
    }),
  ).toEqual({ a: ['sqs:ListQueues'], b: undefined });
});

test('a handler whose file is called like no other is found by that', async () => {
  const mail = aFunction('a', 'python3.13', 'filename = "../dist/all.zip"').replace(
    'index.handler',
    'mail.handler',
  );
  const index = aFunction('b', 'python3.13', 'filename = "../dist/all.zip"');
  const files = {
    'infra/main.tf': role + mail + index,
    'src/mail.py': python('list_queues'),
    'src/index.py': python('list_queues'),
  };
  expect(await needs(files)).toEqual({ a: ['sqs:ListQueues'], b: undefined });
  expect(await needs({ ...files, 'other/mail.py': '' })).toEqual({ a: undefined, b: undefined });
});

test('of several programs in Go each function has its own, with the packages that it imports', async () => {
  const go = (input: string, imports = '') =>
    `package main\n\nimport (\n\t"github.com/aws/aws-sdk-go-v2/service/sqs"\n${imports})\n\nfunc main() {\n\t_ = &sqs.${input}Input{}\n}\n`;
  expect(
    await needs({
      'main.tf':
        role +
        aFunction('a', 'provided.al2023', 'filename = "bin/take.zip"') +
        aFunction('give', 'provided.al2023', 'filename = "bin/x1.zip"') +
        aFunction('c', 'provided.al2023', 'filename = "bin/x2.zip"'),
      'cmd/take/main.go': go('ListQueues', '\t"example.com/app/internal/store"\n'),
      'cmd/give/main.go': go('PurgeQueue'),
      'internal/store/store.go': go('DeleteQueue').replace('package main', 'package store'),
    }),
  ).toEqual({ a: ['sqs:ListQueues', 'sqs:DeleteQueue'], give: ['sqs:PurgeQueue'], c: undefined });
});
