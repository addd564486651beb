import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const saveOrder = ({ id, customer, items }) =>
  client.send(
    new PutItemCommand({
      TableName: process.env.ORDERS,
      Item: { id: { S: id }, customer: { S: customer }, items: { S: JSON.stringify(items) } },
    }),
  );
