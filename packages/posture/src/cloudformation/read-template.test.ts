import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inWords, PostureError, placeIn, type Resource, readTemplate } from '../index.ts';
import { writeFiles } from '../testing/write-files.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-posture-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;

/** Writes the files, and reads the first of them. */
function readFiles(files: Record<string, string>, parameters: Record<string, string> = {}) {
  const folder = join(work, String(++count));
  writeFiles(folder, files);
  return readTemplate(join(folder, Object.keys(files)[0] ?? ''), { parameters });
}

const read = (text: string, parameters: Record<string, string> = {}) =>
  readFiles({ 'template.yaml': text }, parameters);

/** What a value in a template becomes. */
function resolved(value: string, more = '', parameters: Record<string, string> = {}): unknown {
  const text = `${more}\nResources:\n  R:\n    Type: AWS::SNS::Topic\n    Properties:\n      V: ${value}\n`;
  return read(text, parameters).resources.get('R')?.properties.V;
}

describe('intrinsic functions', () => {
  const parameters = `
Parameters:
  Stage: { Type: String, Default: dev }
  Open: { Type: String }
  Zones: { Type: CommaDelimitedList, Default: 'a, b' }
Mappings:
  Sizes: { dev: { memory: 128 }, prod: { memory: 1024 } }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [{ Condition: IsDev }]
  Both: !And [{ Condition: IsDev }, { Condition: IsProd }]
  Either: !Or [{ Condition: IsDev }, { Condition: IsProd }]`;

  test.each<[string, unknown]>([
    ['!Ref Stage', 'dev'],
    ['{ Ref: Open }', '${Open}'],
    ['!Ref AWS::Region', '${AWS::Region}'],
    ['!Ref Other', '${Other}'],
    ['!Ref Zones', ['a', 'b']],
    ['!GetAtt Table.StreamArn', '${Table.StreamArn}'],
    ['{ "Fn::GetAtt": [Table, Arn] }', '${Table.Arn}'],
    ['!Sub "${Stage}-${Table}-${Table.Arn}-${!Stage}"', 'dev-${Table}-${Table.Arn}-${!Stage}'],
    ['!Sub ["${a}/${Stage}", { a: !Ref Open }]', '${Open}/dev'],
    ['!Join [":", [arn, !Ref "AWS::Partition", !Ref Stage]]', 'arn:${AWS::Partition}:dev'],
    ['"${aws:username}"', '${!aws:username}'],
    ['!If [IsDev, 1, 2]', 1],
    ['!If [IsProd, 1, !Ref Stage]', 'dev'],
    ['!If [Both, 1, 2]', 2],
    ['!If [Either, 1, 2]', 1],
    ['[!If [IsProd, 1, !Ref "AWS::NoValue"], 2]', [2]],
    ['{ a: !Ref "AWS::NoValue", b: 1 }', { b: 1 }],
    ['!FindInMap [Sizes, !Ref Stage, memory]', 128],
    ['!FindInMap [Sizes, test, memory]', '${FindInMap:Sizes.test.memory}'],
    ['!FindInMap [Sizes, test, memory, { DefaultValue: 64 }]', 64],
    ['!Select [1, !Ref Zones]', 'b'],
    ['!Select [5, !Ref Zones]', '${Select}'],
    ['!Split [",", "x,y"]', ['x', 'y']],
    ['!ImportValue shared', '${ImportValue:shared}'],
    ['!Base64 text', 'text'],
    ['!GetAZs ""', '${Fn::GetAZs}'],
    ['{ "Fn::ToJsonString": { a: !Ref Stage } }', '{"a":"dev"}'],
    ['2012-10-17', '2012-10-17'],
    ['{ Ref: Stage, other: 1 }', { Ref: 'Stage', other: 1 }],
  ])('%s', (value, expected) => {
    expect(resolved(value, parameters)).toEqual(expected);
  });

  test('parameters that are given beat their defaults, and are plain text', () => {
    expect(resolved('!Ref Stage', parameters, { Stage: '${x}' })).toBe('${!x}');
    expect(resolved('!If [IsProd, 1, 2]', parameters, { Stage: 'prod' })).toBe(1);
  });
});

test('resources of conditions that do not hold are left out', () => {
  const { resources } = read(`
Conditions: { Never: !Equals [a, b] }
Resources:
  A: { Type: AWS::SNS::Topic, Condition: Never }
  B: { Type: AWS::SNS::Topic, DependsOn: A }
`);
  expect([...resources.values()]).toMatchObject([{ id: 'B', type: 'AWS::SNS::Topic', dependsOn: ['A'] }]);
});

test('a finding can tell the line, also behind intrinsic functions', () => {
  const { resources } = read(`Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: !If
        - Never
        - []
        - - PolicyName: a
            PolicyDocument:
              Statement:
                - Action: "*"
Conditions: { Never: !Equals [a, b] }
`);
  const role = resources.get('Role') as Resource;
  const place = placeIn(role, 'Policies', 0, 'PolicyDocument', 'Statement', 0, 'Action');
  expect(place && inWords(place)).toBe('template.yaml:11:19');
  expect(role.place).toMatchObject({ line: 2, column: 3 });
  expect(placeIn(role, 'Nothing')).toMatchObject({ line: 5 });
});

test('nested stacks are read with their parameters, and their outputs are known', () => {
  const { resources, notes } = readFiles({
    'template.yaml': `
Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: nested/data.json, Parameters: { Name: orders } }
  Far: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: 'https://h.example/t' } }
  Out: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ../1/template.yaml } }
  Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: !GetAtt Data.Outputs.Table } }
`,
    'nested/data.json': JSON.stringify({
      Parameters: { Name: { Type: 'String' } },
      Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: { Ref: 'Name' } } } },
      Outputs: { Table: { Value: { 'Fn::GetAtt': ['Table', 'Arn'] } } },
    }),
  });
  expect(resources.get('Data/Table')).toMatchObject({
    properties: { TableName: 'orders' },
    place: { file: 'nested/data.json' },
  });
  expect(resources.get('Topic')?.properties.TopicName).toBe('${Data/Table.Arn}');
  expect(notes).toEqual([
    expect.stringMatching(/^template.yaml:6:8: the nested stack Far is not read/),
    expect.stringMatching(/^template.yaml:7:8: the nested stack Out is not read/),
  ]);
});

describe('what can not be read is told with its place', () => {
  const bomb = `Resources: {}\na: &a [x, x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]}`)}]`)
    .join('\n')}`;

  test.each<[string, string, RegExp]>([
    ['no YAML', 'Resources:\n  A: [', /^template.yaml:2:\d+: /],
    ['a key twice', 'Resources:\n  A: { Type: x }\n  A: { Type: x }', /^template.yaml:3:3: /],
    ['no template', 'a: 1', /^template.yaml is no template of CloudFormation: it has no Resources/],
    ['a list', '[]', /^template.yaml is no template/],
    ['nothing', '', /^template.yaml is no template/],
    ['no Type', 'Resources:\n  A: {}', /^template.yaml:2:3: the resource A must have a Type/],
    [
      'Conditions that are no mapping',
      'Conditions: [a]\nResources: {}',
      /^template.yaml:1:1: Conditions must be a mapping/,
    ],
    [
      'conditions in a circle',
      'Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\nResources:\n  T: { Type: x, Condition: A }',
      /^template.yaml:2:3: the condition A depends on itself/,
    ],
    ['no such condition', 'Resources:\n  T: { Type: x, Condition: A }', /there is no condition A/],
    ['a bomb of aliases', bomb, /more than 500000 values, counting what aliases repeat/],
    ['an alias of itself', 'Resources: &a\n  A: *a', /nested more than 100 levels|Unresolved alias/],
    ['deep nesting', `Resources: ${'['.repeat(200)}${']'.repeat(200)}`, /nested more than 100 levels deep/],
    ['ten megabytes', `# ${'x'.repeat(10_000_000)}`, /is longer than 4000000 bytes/],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(PostureError);
    expect(() => read(text)).toThrow(message);
  });

  test('a function that nobody knows leaves a hole', () => {
    expect(resolved('!Surprise x')).toBe('${Fn::Surprise}');
  });
});

test('what is left out by its condition, and macros of which nothing is known, are told', () => {
  const { notes, resources } = read(`
Transform: [AWS::Serverless-2016-10-31, Tagger, { Name: 'AWS::Include', Parameters: {} }]
Parameters: { Stage: { Type: String, Default: dev } }
Conditions: { IsLive: !Equals [!Ref Stage, live], IsDev: !Equals [!Ref Stage, dev] }
Resources:
  Orders: { Type: AWS::SNS::Topic, Condition: IsLive }
  Mail: { Type: AWS::SNS::Topic, Condition: IsDev }`);
  expect([...resources.keys()]).toEqual(['Orders', 'Mail']);
  expect(notes).toEqual([
    'template.yaml: the macro Tagger may change the template before it is deployed; what it does is not known',
    'template.yaml: looked at, too, since other parameters would deploy them: Orders (IsLive)',
  ]);
});

const parameters = `
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, live] }
  Size: { Type: String }
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTest: !Equals [!Ref Stage, test]
  Never: !Equals [a, b]
  IsBig: !Equals [!Ref Size, big]
  NotLive: !Not [{ Condition: IsLive }]
  Both: !And [{ Condition: IsLive }, { Condition: Never }]
  Either: !Or [{ Condition: IsBig }, { Condition: Never }]
  None: !Or [{ Condition: IsTest }, { Condition: Never }]
Resources:`;

test.each<[string, Record<string, string>, string[]]>([
  ['nobody gives', {}, ['IsLive', 'IsBig', 'NotLive', 'Either']],
  ['are given', { Stage: 'dev', Size: 'big' }, ['IsBig', 'NotLive', 'Either']],
])('of parameters that %s, what they could deploy is there', (_, given, expected) => {
  const names = ['IsLive', 'IsTest', 'Never', 'IsBig', 'NotLive', 'Both', 'Either', 'None'];
  const topics = names.map((name) => `  ${name}: { Type: AWS::SNS::Topic, Condition: ${name} }`);
  expect([...read(`${parameters}\n${topics.join('\n')}`, given).resources.keys()]).toEqual(expected);
});

test('what a stack gives the one that it nests is as open as its own parameters', () => {
  const { resources } = readFiles({
    'main.yaml': `
Parameters: { Stage: { Type: String, Default: dev } }
Resources:
  In: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: in.yaml, Parameters: { Stage: !Ref Stage, Kind: small } } }`,
    'in.yaml': `
Parameters: { Stage: { Type: String }, Kind: { Type: String } }
Conditions: { IsLive: !Equals [!Ref Stage, live], IsBig: !Equals [!Ref Kind, big] }
Resources:
  Live: { Type: AWS::SNS::Topic, Condition: IsLive }
  Big: { Type: AWS::SNS::Topic, Condition: IsBig }`,
  });
  expect([...resources.keys()]).toContain('In/Live');
  expect([...resources.keys()]).not.toContain('In/Big');
});
