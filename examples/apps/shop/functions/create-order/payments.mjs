import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const client = new SQSClient({});

export const askForPayment = (id) =>
  client.send(
    new SendMessageCommand({ QueueUrl: process.env.PAYMENTS, MessageBody: JSON.stringify({ id }) }),
  );
