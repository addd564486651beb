import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AccountReader } from './account-reader.ts';

/** The log groups of functions, how long they keep what they get, and by which key. */
export async function readLogGroups(reader: AccountReader): Promise<void> {
  const client = new CloudWatchLogsClient(reader.settings);
  const groups = await reader.list('logs:DescribeLogGroups', async (nextToken) => {
    const page = await client.send(
      new DescribeLogGroupsCommand({ nextToken, logGroupNamePrefix: '/aws/lambda/' }),
    );
    return { items: page.logGroups, next: page.nextToken };
  });
  for (const { logGroupName, retentionInDays, kmsKeyId, arn } of groups)
    reader.add(
      reader.id('log-group', logGroupName),
      'AWS::Logs::LogGroup',
      { LogGroupName: logGroupName, RetentionInDays: retentionInDays, KmsKeyId: kmsKeyId },
      { arn },
    );
}
