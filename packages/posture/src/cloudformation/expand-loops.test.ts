import { describe, expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';

const head = 'Transform: [AWS::LanguageExtensions]\n';

describe('a loop of AWS::LanguageExtensions', () => {
  test('becomes one resource for each item, which others name, and which stands where the loop has it', () => {
    const { resources, functions } = graphOf(`${head}Parameters:
  Names: { Type: CommaDelimitedList, Default: 'Read,Write' }
Resources:
  Fn::ForEach::Functions:
    - Name
    - !Ref Names
    - \${Name}Function:
        Type: AWS::Lambda::Function
        Properties:
          Handler: !Sub \${Name}.handler
          Role: !GetAtt [!Sub '\${Name}Role', Arn]
          Tags: [{ Key: name, Value: !Ref Name }]
  ReadRole: { Type: AWS::IAM::Role, Properties: {} }
  WriteRole: { Type: AWS::IAM::Role, Properties: {} }`);
    expect([...functions.keys()]).toEqual(['ReadFunction', 'WriteFunction']);
    expect(functions.get('WriteFunction')?.role?.resource.id).toBe('WriteRole');
    expect(resources.get('ReadFunction')).toMatchObject({
      properties: { Handler: 'Read.handler', Tags: [{ Key: 'name', Value: 'Read' }] },
      place: { line: 8 },
    });
  });

  test('may stand in another, in properties, conditions and outputs', () => {
    const { resources, exports } = graphOf(`${head}Conditions:
  Fn::ForEach::Conditions: [Stage, [Dev, Live], { 'Is\${Stage}': !Equals [Live, !Ref Stage] }]
Resources:
  Fn::ForEach::Stages:
    - Stage
    - [Dev, Live]
    - Fn::ForEach::Kinds:
        - Kind
        - [a.b, c]
        - Table\${Stage}&{Kind}:
            Type: AWS::DynamoDB::Table
            Condition: Is\${Stage}
            Properties:
              Tags: { 'Fn::ForEach::Tags': [Tag, [x, y], { '\${Tag}': '\${Kind}' }] }
Outputs:
  Fn::ForEach::Outputs: [Kind, [ab, c], { 'Out\${Kind}': { Value: '\${Kind}', Export: { Name: '\${Kind}' } } }]`);
    expect([...resources.keys()]).toEqual(['TableLiveab', 'TableLivec']);
    expect(resources.get('TableLiveab')?.properties.Tags).toEqual({ x: 'a.b', y: 'a.b' });
    expect(exports).toEqual(['ab', 'c']);
  });

  test('whose items only the account knows is told', () => {
    const { resources, notes } = graphOf(`${head}Parameters: { Names: { Type: CommaDelimitedList } }
Resources:
  Fn::ForEach::Queues: [Name, !Ref Names, { '\${Name}Queue': { Type: AWS::SQS::Queue } }]`);
    expect([...resources.keys()]).toEqual([]);
    expect(notes).toEqual(['template.yaml: Fn::ForEach::Queues in Resources is not read']);
  });

  test('that makes too much is an error', () => {
    const items = JSON.stringify(Array.from({ length: 100 }, (_, index) => `i${index}`));
    const loop = (depth: number): string =>
      depth === 0
        ? "{ 'x${N0}${N1}${N2}': { Type: A } }"
        : `{ 'Fn::ForEach::L${depth}': [N${depth - 1}, ${items}, ${loop(depth - 1)}] }`;
    expect(() => graphOf(`${head}Resources: ${loop(3)}`)).toThrow(/more than 1000000 values/);
  });
});
