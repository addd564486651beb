import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const orders = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export async function handler(event) {
  const customer = event.requestContext.authorizer.claims.sub;
  const { Items = [] } = await orders.send(
    new QueryCommand({
      TableName: process.env.ORDERS,
      IndexName: 'by-customer',
      KeyConditionExpression: 'customer = :customer',
      ExpressionAttributeValues: { ':customer': customer },
    }),
  );
  return { statusCode: 200, body: JSON.stringify(Items) };
}
