import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';

const orders = DynamoDBDocument.from(new DynamoDB({}));

export async function handler(event) {
  const customer = event.requestContext.authorizer.claims.sub;
  const { Item } = await orders.get({ TableName: process.env.ORDERS, Key: { id: event.pathParameters.id } });
  if (Item?.customer !== customer) return { statusCode: 404, body: '' };
  return { statusCode: 200, body: JSON.stringify(Item) };
}
