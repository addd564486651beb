import {
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  type ScheduleSummary,
} from '@aws-sdk/client-scheduler';
import { membersOf } from '../graph/json.ts';
import type { AccountReader } from './account-reader.ts';
import { functionArn } from './function-arn.ts';
import { parseJson } from './parse-json.ts';

/** A target that calls an operation of the SDK: whom it calls stands in its input. */
const isInvoke = (arn: string | undefined) => /:aws-sdk:lambda:invoke$/i.test(arn ?? '');

async function targetOf(reader: AccountReader, client: SchedulerClient, own: ScheduleSummary) {
  const { Name, GroupName, Target } = own;
  if (!isInvoke(Target?.Arn)) return Target?.Arn;
  const answer = await reader.ask('scheduler:GetSchedule', () =>
    client.send(new GetScheduleCommand({ Name, GroupName })),
  );
  const { FunctionName } = membersOf(parseJson(answer?.Target?.Input));
  return typeof FunctionName === 'string' ? functionArn(FunctionName, reader) : Target?.Arn;
}

/** Schedules of EventBridge Scheduler, and what they start. */
export async function readSchedules(reader: AccountReader): Promise<void> {
  const client = new SchedulerClient(reader.settings);
  const schedules = await reader.list('scheduler:ListSchedules', async (NextToken) => {
    const page = await client.send(new ListSchedulesCommand({ NextToken, MaxResults: 100 }));
    return { items: page.Schedules, next: page.NextToken };
  });
  await reader.each('scheduler:ListSchedules', schedules, async (own) => {
    const { Arn, Name, GroupName, State } = own;
    const target = await targetOf(reader, client, own);
    reader.add(
      reader.id('schedule', GroupName, Name),
      'AWS::Scheduler::Schedule',
      { Name, GroupName, State, Target: { Arn: target } },
      { arn: Arn },
    );
  });
}
