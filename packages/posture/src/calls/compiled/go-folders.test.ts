import { expect, test } from 'vitest';
import { callsIn, write } from '../../testing/compiled-code.ts';

const program = (path: string) => `package main
import "${path}"
func main() { store.Put() }`;
const store = `package store
import "github.com/aws/aws-sdk-go-v2/service/sqs"
func Put() { client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: aws.String("q")}) }`;

test.each(['', 'services/'])('Go: a module in the folder "%s" of the project', async (at) => {
  const folder = write({
    [`${at}go.mod`]: 'module github.com/acme/shop\n\ngo 1.22\n',
    [`${at}cmd/put/main.go`]: program('github.com/acme/shop/internal/store'),
    [`${at}internal/store/store.go`]: store,
  });
  expect(await callsIn(folder, 'go', 'bootstrap')).toEqual({
    calls: ['sqs:SendMessage QueueUrl=q'],
    whole: true,
    notes: [],
  });
});

test('Go: a package of the module that is not there is told', async () => {
  const folder = write({
    'go.mod': 'module github.com/acme/shop\n',
    'main.go': program('github.com/acme/shop/gen/store'),
  });
  expect(await callsIn(folder, 'go', 'bootstrap')).toMatchObject({
    whole: false,
    notes: ['the package github.com/acme/shop/gen/store is not there'],
  });
});
