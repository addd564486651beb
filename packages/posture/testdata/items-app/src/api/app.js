const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, GetCommand, ScanCommand } = require('@aws-sdk/lib-dynamodb');
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const tableName = process.env.TABLE_NAME;
exports.get = async (event) => {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: { id: event.pathParameters.id } }),
  );
  return { statusCode: 200, body: JSON.stringify(Item) };
};
exports.list = async () => {
  const { Items } = await client.send(new ScanCommand({ TableName: tableName }));
  return { statusCode: 200, body: JSON.stringify(Items) };
};
