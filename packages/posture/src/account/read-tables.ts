import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetResourcePolicyCommand,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

async function readTable(reader: AccountReader, client: DynamoDBClient, TableName: string) {
  const [described, backups] = await Promise.all([
    reader.ask('dynamodb:DescribeTable', () => client.send(new DescribeTableCommand({ TableName }))),
    reader.ask('dynamodb:DescribeContinuousBackups', () =>
      client.send(new DescribeContinuousBackupsCommand({ TableName })),
    ),
  ]);
  if (!described?.Table) return;
  const { TableArn, LatestStreamArn, StreamSpecification, SSEDescription } = described.Table;
  const policy = await reader.ask('dynamodb:GetResourcePolicy', async () =>
    parseJson((await client.send(new GetResourcePolicyCommand({ ResourceArn: TableArn }))).Policy),
  );
  const id = reader.id('table', TableName);
  const recovery =
    backups?.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  const said = {
    TableName,
    ResourcePolicy: policy && { PolicyDocument: policy },
    StreamSpecification,
    SSESpecification: SSEDescription && { SSEEnabled: true, KMSMasterKeyId: SSEDescription.KMSMasterKeyArn },
    PointInTimeRecoverySpecification: recovery && { PointInTimeRecoveryEnabled: recovery === 'ENABLED' },
  };
  reader.add(id, 'AWS::DynamoDB::Table', said, { arn: TableArn });
  if (LatestStreamArn) reader.arns.set(LatestStreamArn, `${id}.StreamArn`);
}

/** Tables, how they are encrypted and whether they can be restored. */
export async function readTables(reader: AccountReader): Promise<void> {
  const client = new DynamoDBClient(reader.settings);
  const names = await reader.list('dynamodb:ListTables', async (ExclusiveStartTableName) => {
    const page = await client.send(new ListTablesCommand({ ExclusiveStartTableName }));
    return { items: page.TableNames, next: page.LastEvaluatedTableName };
  });
  await reader.each('dynamodb:ListTables', names, (name) => readTable(reader, client, name));
}
