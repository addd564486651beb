import { expect, test } from 'vitest';
import { readNeeds } from '../least/read-needs.ts';
import { graphOf } from '../testing/graph-of.ts';
import { orphanFunction } from './orphan-function.ts';

const old = (others: string) => `
Resources:
  Old: { Type: AWS::Lambda::Function, Properties: { Handler: index.handler } }
${others}`;

test.each([
  [
    'a dashboard shows it',
    '  Board: { Type: AWS::CloudWatch::Dashboard, Properties: { DashboardBody: !Sub "{${Old}}" } }',
    1,
  ],
  [
    "the CDK sets its log's retention",
    '  Log: { Type: Custom::LogRetention, Properties: { LogGroupName: !Sub "/aws/lambda/${Old}" } }',
    1,
  ],
  [
    'it is what sets retentions',
    '  Log: { Type: Custom::LogRetention, Properties: { ServiceToken: !GetAtt Old.Arn } }',
    0,
  ],
  [
    'it is called at deployments',
    '  New: { Type: AWS::Serverless::Function, Properties: { DeploymentPreference: { Hooks: { PreTraffic: !Ref Old } }, Events: { Daily: { Type: Schedule } } } }',
    0,
  ],
  [
    'a task of a state machine names another',
    `  New: { Type: AWS::Lambda::Function, Properties: { FunctionName: shop-new } }
  Steps: { Type: AWS::StepFunctions::StateMachine, Properties: { DefinitionString: '{"Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"shop-new:live"}}' } }`,
    1,
  ],
  ['it is shown', 'Outputs: { Old: { Value: !GetAtt Old.Arn } }', 1],
  ['other stacks may import it', 'Outputs: { Old: { Value: !GetAtt Old.Arn, Export: { Name: old } } }', 0],
])('nothing starts a function, and %s', async (_, others, count) => {
  expect(await orphanFunction.find(graphOf(old(others)))).toHaveLength(count);
});

const off = (resources: string) => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Old: { Type: AWS::Serverless::Function, Properties: { Handler: index.handler, Events: ${resources}`;

test.each([
  ['an event of SAM', '{ Daily: { Type: Schedule, Properties: { Enabled: false } } } } }'],
  ['a schedule of SAM', '{ Daily: { Type: ScheduleV2, Properties: { State: DISABLED } } } } }'],
  [
    'a mapping',
    '{} } }\n  On: { Type: AWS::Lambda::EventSourceMapping, Properties: { FunctionName: !Ref Old, Enabled: false } }',
  ],
  [
    'a rule that may invoke it',
    `{} } }
  Rule: { Type: AWS::Events::Rule, Properties: { State: DISABLED, Targets: [{ Arn: !GetAtt Old.Arn }] } }
  May: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Old, SourceArn: !GetAtt Rule.Arn } }`,
  ],
  [
    'a schedule with a role',
    `{} } }
  Daily: { Type: AWS::Scheduler::Schedule, Properties: { State: DISABLED, Target: { Arn: !GetAtt Old.Arn, RoleArn: !GetAtt May.Arn } } }
  May: { Type: AWS::IAM::Role, Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: Allow, Action: 'lambda:InvokeFunction', Resource: !GetAtt Old.Arn }] } }] } }`,
  ],
])('what only starts a function when it is turned on, %s, does not start it', async (_, resources) => {
  const [problem, ...others] = await orphanFunction.find(graphOf(off(resources)));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    message: 'Old has no trigger that is not disabled, and nothing in the template invokes it.',
  });
  expect(problem?.more?.length).toBeGreaterThan(0);
});

test.each([
  ['by a condition', 'State: !If [IsLive, ENABLED, DISABLED]'],
  ['by a parameter', 'State: !Ref OnOff'],
  ['by a mapping', 'State: !FindInMap [Stages, !Ref Stage, State]'],
])('a trigger that the stage turns on %s starts the function', async (_, state) => {
  const template = `
Parameters:
  Stage: { Type: String, Default: dev }
  OnOff: { Type: String, Default: DISABLED }
Mappings: { Stages: { dev: { State: DISABLED }, live: { State: ENABLED } } }
Conditions: { IsLive: !Equals [!Ref Stage, live] }
Resources:
  Old:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Events: { Daily: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(1 day), ${state} } } }
  Other: { Type: AWS::Lambda::Function, Properties: { Handler: index.handler } }
  Rule: { Type: AWS::Events::Rule, Properties: { ${state}, Targets: [{ Arn: !GetAtt Other.Arn }] } }`;
  expect(await orphanFunction.find(graphOf(template))).toEqual([]);
});

const worker = `
Resources:
  Old: { Type: AWS::Lambda::Function, Properties: { FunctionName: shop-live-old, Handler: index.handler } }`;
const caller = (code: string) =>
  graphOf(`
Resources:
  Caller:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      Environment: { Variables: { OLD: shop-live-old, OLD_FUNCTION: ${code === '' ? 'shop-live-old' : 'none'} } }
      InlineCode: |
        import boto3, os
        def handler(event, context):
            boto3.client('lambda').invoke(FunctionName=${code || "event['name']"})`);

test.each([
  ['its name', "'shop-live-old'", 0],
  ['a variable', "os.environ['OLD']", 0],
  ['a name of which the beginning is not known', "os.environ['SERVICE'] + '-live-old'", 0],
  ['another name', "'shop-live-new'", 1],
  ['a name of which the end is not known', "'shop-live-' + event['name']", 1],
  ['what a variable for functions names', '', 0],
])('the code of another template invokes it by %s', async (_, code, count) => {
  const beside = [await readNeeds(caller(code), '/')];
  expect(await orphanFunction.find({ ...graphOf(worker), beside })).toHaveLength(count);
});

test.each(['Ref Called', 'GetAtt Called.Arn'])(
  'code that invokes one function by a reference, !%s, leaves the others what they are',
  async (target) => {
    const graph = graphOf(`
Resources:
  Old: { Type: AWS::Lambda::Function, Properties: { FunctionName: old } }
  Called: { Type: AWS::Lambda::Function, Properties: { FunctionName: called } }
  Done: { Type: AWS::Lambda::Function, Properties: { FunctionName: done } }
  Caller:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      Events: { Daily: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }
      EventInvokeConfig: { DestinationConfig: { OnSuccess: { Type: Lambda, Destination: !GetAtt Done.Arn } } }
      Environment: { Variables: { TARGET: !${target} } }
      InlineCode: |
        import boto3, os
        def handler(event, context):
            boto3.client('lambda').invoke(FunctionName=os.environ['TARGET'])`);
    const found = await orphanFunction.find(await readNeeds(graph, '/'));
    expect(found.map(({ subject, message }) => [subject, message])).toEqual([
      ['Old', 'Old has no trigger, and nothing in the template invokes it.'],
    ]);
  },
);

test('code that invokes who knows what leaves a doubt', async () => {
  const beside = [await readNeeds(caller("'shop-live-' + event['name']"), '/')];
  const [found] = await orphanFunction.find({ ...graphOf(worker), beside });
  expect(found?.message).toMatch(/nothing in the template invokes it, unless Caller does/);
});

test('the role of another template may invoke it by its ARN', async () => {
  const policy = `
Resources:
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument: { Statement: [{ Effect: Allow, Action: 'lambda:InvokeFunction', Resource: !Sub 'arn:aws:lambda:\${AWS::Region}:\${AWS::AccountId}:function:shop-live-old' }] }`;
  expect(await orphanFunction.find({ ...graphOf(worker), beside: [graphOf(policy)] })).toEqual([]);
});
