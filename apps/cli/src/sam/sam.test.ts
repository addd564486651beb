import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { runFunction } from '../run/run-function.ts';
import { writeExamplePolicy } from '../testing/example-policy.ts';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';
import { starter } from '../testing/starter.ts';

const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
/** As `sam build` writes it, with what people write into theirs. */
const template = `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Stage: { Type: String, Default: dev }
Globals:
  Function:
    Runtime: python3.13
    Architectures: [${arch}]
    Environment:
      Variables:
        STAGE: !Ref Stage # of the whole service
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: !Sub 'shop-\${Stage}' }
  Convert:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: Convert
      Handler: app.handler
      FunctionName: convert
      Environment:
        Variables:
          TABLE: !GetAtt Table.Arn
          FLAG: !If [IsProd, 'yes', !Ref AWS::NoValue]
  Custom:
    Type: AWS::Lambda::Function
    Properties:
      Code: Custom
      Handler: bootstrap
      Runtime: provided.al2023
      Role: !ImportValue role
  Image:
    Type: AWS::Serverless::Function
    Properties: { PackageType: Image, ImageUri: 'shop:1' }
  Inline:
    Type: AWS::Serverless::Function
    Properties: { InlineCode: 'def handler(event, context): pass', Handler: index.handler }
`;

function makeBuild(text = template) {
  const folder = makeFolder();
  const policy = writeExamplePolicy(folder);
  const at = (path: string) => join(folder, '.aws-sam/build', path);
  for (const [path, content] of [
    ['template.yaml', text],
    ['Convert/app.py', starter],
    ['Custom/bootstrap', '#!/bin/sh\n'],
  ] as const) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content);
  }
  chmodSync(at('Custom/bootstrap'), 0o755);
  const sam = (...more: string[]) =>
    runRingfence(['sam', '--region', 'eu-west-1', '--policy', policy, ...more], {
      cwd: folder,
      env: { XDG_CONFIG_HOME: join(folder, 'config') },
    });
  return { at, sam };
}

describe('ringfence sam', () => {
  it('changes where the code of functions is and what variables they have, and nothing else', () => {
    const { at, sam } = makeBuild();
    const { code, stdout, stderr } = sam('--stack', 'shop');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'sam deploy --template-file .aws-sam/build/template.ringfence.yaml\n',
    });
    expect(stderr).toContain('Protected: convert, shop-Custom.');
    for (const id of ['Image', 'Inline']) expect(stderr).toContain(`${id} stays unguarded`);
    const written = readFileSync(at('template.ringfence.yaml'), 'utf8');
    const variable = /RINGFENCE_POLICY: ([\w-]+)/g;
    const [convert, custom] = [...written.matchAll(variable)].map(([, value]) => value);
    const expected = parseDocument(template, { logLevel: 'silent' });
    const set = (id: string, path: string[], value: string) =>
      expected.setIn(['Resources', id, 'Properties', ...path], value);
    set('Convert', ['CodeUri'], 'ringfence-Convert');
    set('Convert', ['Environment', 'Variables', 'AWS_LAMBDA_EXEC_WRAPPER'], '/var/task/.ringfence/init');
    set('Convert', ['Environment', 'Variables', 'RINGFENCE_POLICY'], String(convert));
    set('Custom', ['Code'], 'ringfence-Custom');
    set('Custom', ['Environment', 'Variables', 'RINGFENCE_POLICY'], String(custom));
    expect(written).toBe(expected.toString({ lineWidth: 0 }));
    expect(written).toContain('TABLE: !GetAtt Table.Arn');
    expect(written).toContain('# of the whole service');
    expect(readFileSync(at('template.yaml'), 'utf8')).toBe(template);
  });

  it('writes packages that are guarded', async () => {
    const { at, sam } = makeBuild();
    expect(sam('--stack', 'shop', '--json')).toMatchObject({ code: 0 });
    const { plan, invocations } = await runFunction({
      package: at('ringfence-Convert'),
      handler: 'app.handler',
      timeoutSeconds: 20,
      events: [Buffer.from('{}')],
    });
    expect(plan).toMatchObject({ functionName: 'convert', region: 'eu-west-1', runtime: 'python3.13' });
    expect(String(invocations[0]?.payload)).toBe('"refused"');
    expect(readFileSync(at('ringfence-Custom/.ringfence-bootstrap'), 'utf8')).toBe('#!/bin/sh\n');
  });

  it('says what is wrong with a template', () => {
    const cases: [text: string, flags: string[], words: string][] = [
      [template, [], 'Custom has no FunctionName: --stack is needed'],
      [template, ['-o', 'elsewhere.yaml'], 'must lie beside'],
      ['Resources: [', [], 'is not YAML'],
      ['Outputs: {}', [], 'it has no Resources'],
      ['Resources: { Table: { Type: "AWS::DynamoDB::Table" } }', [], 'no function with a built package'],
    ];
    for (const [text, flags, words] of cases)
      expect(makeBuild(text).sam(...flags)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(words),
      });
    expect(makeBuild().sam('nowhere.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.yaml'),
    });
  });
});
