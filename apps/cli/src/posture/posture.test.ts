import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostureGraph, Report } from '@ringfence/findings';
import { expect, it } from 'vitest';
import { makeFolder } from '../testing/make-folder.ts';
import { runRingfence } from '../testing/run-ringfence.ts';

const template = (auth: string) => `
Parameters: { Auth: { Type: String, Default: ${auth} } }
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: { Handler: index.handler }
  Url:
    Type: AWS::Lambda::Url
    Properties: { AuthType: !Ref Auth, TargetFunctionArn: !Ref Orders }
`;

function setUp(text: string) {
  const folder = makeFolder();
  writeFileSync(join(folder, 'template.yaml'), text);
  return { folder, posture: (...args: string[]) => runRingfence(['posture', ...args], { cwd: folder }) };
}

it('finds what is wrong with a template, and fails on it', async () => {
  const { folder, posture } = setUp(template('NONE'));
  const { code, stdout } = await posture('template.yaml', '-o', 'report.json', '-o', 'report.sarif');
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /HIGH +Anyone can call the function by its URL +posture\/function-url-open \(Orders\)/,
  );
  expect(stdout).toContain('template.yaml:9:19');
  expect(stdout).toMatch(/template\.yaml: 1 high/);
  const report = Report.parse(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')));
  expect(report).toMatchObject({
    tool: 'posture',
    findings: expect.arrayContaining([expect.objectContaining({ rule: 'posture/function-url-open' })]),
  });
  expect(readFileSync(join(folder, 'report.sarif'), 'utf8')).toContain('posture/function-url-open');
  expect(await posture('.', '--baseline', 'report.json')).toMatchObject({ code: 0 });
  expect(await posture('.', '--fail-on', 'critical')).toMatchObject({ code: 0 });
});

it('finds the folders of Terraform in a project, but not the modules that they call', async () => {
  const folder = makeFolder();
  const url = `resource "aws_lambda_function" "f" {}
resource "aws_lambda_function_url" "u" {
  function_name      = aws_lambda_function.f.function_name
  authorization_type = "NONE"
}
`;
  mkdirSync(join(folder, 'infra/modules/url'), { recursive: true });
  writeFileSync(join(folder, 'infra/main.tf'), 'module "url" { source = "./modules/url" }\n');
  writeFileSync(join(folder, 'infra/modules/url/main.tf'), url);
  const { code, stdout } = await runRingfence(['posture', '.'], { cwd: folder });
  expect(code).toBe(1);
  expect(stdout).toContain('posture/function-url-open (module.url.aws_lambda_function.f)');
  expect(stdout).toContain('infra/modules/url/main.tf:4:3');
  expect(stdout).toContain('1 high');
});

it('takes values of parameters', async () => {
  const { posture } = setUp(template('NONE'));
  expect(await posture('.', '--parameter', 'Auth=AWS_IAM')).toMatchObject({ code: 0 });
});

it('writes what may reach what', async () => {
  const { folder, posture } = setUp(template('NONE'));
  expect(await posture('.', '--graph', 'graph.json', '--fail-on', 'never')).toMatchObject({ code: 0 });
  const graph = PostureGraph.parse(JSON.parse(readFileSync(join(folder, 'graph.json'), 'utf8')));
  expect(graph.edges).toEqual([{ from: 'Orders/url', to: 'Orders', kind: 'starts', isOpen: true }]);
});

it.each([
  [['template.yaml', '--graph', 'graph.png'], '--graph graph.png must end in .json, .dot, .mmd'],
  [['template.yaml', '--policies', 'p.txt'], '--policies p.txt must end in .yaml, .yml, .json'],
  [['nowhere.yaml'], 'nowhere.yaml is not there; name a template or a folder with one'],
  [['template.yaml', '--parameter', 'Auth'], '--parameter Auth is no NAME=VALUE.'],
  [['template.yaml'], 'template.yaml:2:3: the resource A must have a Type'],
])('%j is an error of usage', async (args, message) => {
  const { posture } = setUp('Resources:\n  A: {}\n');
  const { code, stderr } = await posture(...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});

it('writes the policy that each function needs', async () => {
  const { folder, posture } = setUp(
    'Transform: AWS::Serverless-2016-10-31\nResources: { Orders: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x, Handler: index.handler, CodeUri: . } } }',
  );
  writeFileSync(join(folder, 'index.js'), 'exports.handler = async () => "ok";');
  expect(await posture('.', '--policies', 'policies.json', '--fail-on', 'never')).toMatchObject({ code: 0 });
  const written = readFileSync(join(folder, 'policies.json'), 'utf8');
  expect(JSON.parse(written)).toEqual({ Orders: { Version: '2012-10-17', Statement: [] } });
});

it('prints the role that reading an account takes', async () => {
  const { code, stdout } = await runRingfence(['posture', 'role']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^AWSTemplateFormatVersion:/);
  expect(stdout).toContain('lambda:ListFunctions');
});

it('says what an account can not be read without', async () => {
  const none = {
    AWS_REGION: '',
    AWS_DEFAULT_REGION: '',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const posture = (...args: string[]) => runRingfence(['posture', ...args], { env: none });
  expect(await posture()).toMatchObject({ code: 2, stderr: expect.stringContaining('Name a template') });
  expect(await posture('--account')).toMatchObject({ code: 2, stderr: expect.stringContaining('--region') });
  expect(await posture('--account', '--region', 'eu-central-1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("the account can't be read"),
  });
});
