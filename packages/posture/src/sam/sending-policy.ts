import { isMembers, type Members, membersOf } from '../graph/json.ts';

/** Whose policy it is that nobody has written. */
export const OF_SAM = 'SAM';

const actions: Readonly<Record<string, string>> = {
  SQS: 'sqs:SendMessage',
  SNS: 'sns:Publish',
  Lambda: 'lambda:InvokeFunction',
  EventBridge: 'events:PutEvents',
};

/** What a configuration names as the place for what came out, or failed. */
const destinationsIn = (configuration: unknown): Members[] =>
  ['OnSuccess', 'OnFailure'].map((name) => membersOf(membersOf(configuration)[name]));

/** What SAM lets a function's role do so that Lambda can send on what failed or came out; undefined where that is nothing. */
export function sendingPolicy({ DeadLetterQueue, EventInvokeConfig, Events }: Members): Members | undefined {
  const { Type, TargetArn } = membersOf(DeadLetterQueue);
  const targets = [
    { Type, Destination: TargetArn },
    ...destinationsIn(membersOf(EventInvokeConfig).DestinationConfig),
    ...Object.values(membersOf(Events))
      .filter(isMembers)
      .flatMap((event) => destinationsIn(membersOf(event.Properties).DestinationConfig)),
  ];
  const statements = targets.flatMap(({ Type: type, Destination }) => {
    const action = actions[String(type)];
    return action === undefined || Destination === undefined
      ? []
      : [{ Effect: 'Allow', Action: action, Resource: Destination }];
  });
  return statements.length === 0 ? undefined : { Statement: statements };
}
