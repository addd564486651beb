import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const handler = ({ orders }) =>
  client.send(
    new BatchWriteItemCommand({
      RequestItems: {
        [process.env.ORDERS]: orders.map(({ id }) => ({ PutRequest: { Item: { id: { S: id } } } })),
      },
    }),
  );
