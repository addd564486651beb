import { ofType } from '../graph/build-graph.ts';
import { membersOf } from '../graph/json.ts';
import { functionsIn } from '../graph/triggers.ts';
import { defineCheck } from './check.ts';

const topic = (more: string) => `
Resources:
  Mail:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Events: { Sent: { Type: SNS, Properties: { Topic: !Ref Topic } } }${more}
  Topic: { Type: AWS::SNS::Topic }
  Failed: { Type: AWS::SQS::Queue }`;

/** Events that Lambda takes and tries for itself; queues and streams keep theirs. */
const asynchronous =
  /^(S3|SNS|Schedule|ScheduleV2|CloudWatchEvent|EventBridgeRule|IoTRule|sns (subscription|topic)|events rule|scheduler schedule|s3 bucket)$/;

export const noFailureDestination = defineCheck({
  id: 'no-failure-destination',
  title: 'Events that fail are lost',
  severity: 'low',
  why: 'An event whose invocation fails three times is thrown away, and with it the trace of an attack that made it fail.',
  advice: 'Set a DeadLetterConfig, or an OnFailure destination (EventInvokeConfig).',
  inTerraform:
    'Set a dead_letter_config, or an on_failure destination (aws_lambda_function_event_invoke_config).',
  references: ['CWE-778', 'OWASP SAS-5'],
  find: (graph) => {
    const withDestination = new Set(
      ofType(graph, 'AWS::Lambda::EventInvokeConfig')
        .filter(({ properties }) => membersOf(properties.DestinationConfig).OnFailure !== undefined)
        .flatMap(({ properties }) => functionsIn(properties.FunctionName, graph.resources)),
    );
    return [...graph.functions.values()]
      .filter(({ triggers }) =>
        triggers.some(({ kind, isDisabled }) => !isDisabled && asynchronous.test(kind)),
      )
      .filter(({ id, resource }) => !resource.properties.DeadLetterConfig && !withDestination.has(id))
      .map(({ id, resource }) => ({
        subject: id,
        message: `${id} is invoked asynchronously, and has neither a dead-letter queue nor a destination for failures.`,
        place: resource.place,
      }));
  },
  passing: topic(`
      DeadLetterQueue: { Type: SQS, TargetArn: !GetAtt Failed.Arn }`),
  failing: topic(''),
});
