import {
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
  type StateMachineListItem,
} from '@aws-sdk/client-sfn';
import { isMembers } from '../graph/json.ts';
import type { AccountReader } from './account-reader.ts';
import { functionArn } from './function-arn.ts';
import { parseJson } from './parse-json.ts';

/** A definition in which functions that are called by their names alone have their ARNs. */
function withArns(value: unknown, reader: AccountReader): unknown {
  if (Array.isArray(value)) return value.map((item) => withArns(item, reader));
  if (!isMembers(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'FunctionName' && typeof member === 'string'
        ? functionArn(member, reader)
        : withArns(member, reader),
    ]),
  );
}

async function describe(client: SFNClient, stateMachineArn: string | undefined) {
  const answer = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  return { ...answer, definition: parseJson(answer.definition) };
}

async function readStateMachine(reader: AccountReader, client: SFNClient, own: StateMachineListItem) {
  const { stateMachineArn, name } = own;
  const answer = await reader.ask('states:DescribeStateMachine', () => describe(client, stateMachineArn));
  if (!answer) return;
  reader.add(
    reader.id('state-machine', name),
    'AWS::StepFunctions::StateMachine',
    {
      StateMachineName: name,
      StateMachineType: answer.type,
      Definition: withArns(answer.definition, reader),
      RoleArn: answer.roleArn,
      TracingConfiguration: answer.tracingConfiguration?.enabled && { Enabled: true },
      LoggingConfiguration: answer.loggingConfiguration && { Level: answer.loggingConfiguration.level },
    },
    { arn: stateMachineArn },
  );
}

/** State machines with their roles, and what they invoke. */
export async function readStateMachines(reader: AccountReader): Promise<void> {
  const client = new SFNClient(reader.settings);
  const machines = await reader.list('states:ListStateMachines', async (nextToken) => {
    const page = await client.send(new ListStateMachinesCommand({ nextToken, maxResults: 1000 }));
    return { items: page.stateMachines, next: page.nextToken };
  });
  await reader.each('states:ListStateMachines', machines, (own) => readStateMachine(reader, client, own));
}
