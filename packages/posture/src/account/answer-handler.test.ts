import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, expect, test } from 'vitest';
import { AnswerHandler } from './answer-handler.ts';

let stop = () => {};
afterEach(() => stop());

async function ask(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1');
  stop = () => server.close().closeAllConnections();
  await once(server, 'listening');
  const client = new SQSClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    requestHandler: new AnswerHandler(500),
  });
  return client.send(new ListQueuesCommand());
}

test('an answer is taken', async () => {
  const { QueueUrls } = await ask((_, answer) => answer.end('{"QueueUrls":["https://sqs.example/1/jobs"]}'));
  expect(QueueUrls).toEqual(['https://sqs.example/1/jobs']);
});

test('an answer that drips without an end is given up', async () => {
  const dripping = ask((_, answer) => {
    const timer = setInterval(() => answer.write(' '), 20);
    answer.once('close', () => clearInterval(timer));
  });
  await expect(dripping).rejects.toThrow('an answer took more than 0.5 seconds');
});

test('an answer that never begins is given up', async () => {
  await expect(ask(() => {})).rejects.toThrow(/timed? ?out|500 ?ms/i);
});
