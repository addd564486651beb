import {
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  LambdaClient,
  ListCodeSigningConfigsCommand,
  ListEventSourceMappingsCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionsByCodeSigningConfigCommand,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda';
import { listOf, membersOf } from '../graph/json.ts';
import { hole, unknown } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';
import { readCode } from './read-code.ts';

/** What only single calls tell of a function. */
async function readDetails(reader: AccountReader, client: LambdaClient, FunctionName: string) {
  const [concurrency, policy, urls, invoke] = await Promise.all([
    reader.askFor('lambda:GetFunctionConcurrency', () =>
      client.send(new GetFunctionConcurrencyCommand({ FunctionName })),
    ),
    reader.ask('lambda:GetPolicy', async () => {
      const { Policy } = await client.send(new GetPolicyCommand({ FunctionName }));
      return parseJson(Policy);
    }),
    reader.list('lambda:ListFunctionUrlConfigs', async (Marker) => {
      const page = await client.send(new ListFunctionUrlConfigsCommand({ FunctionName, Marker }));
      return { items: page.FunctionUrlConfigs, next: page.NextMarker };
    }),
    reader.list('lambda:ListFunctionEventInvokeConfigs', async (Marker) => {
      const page = await client.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName, Marker }));
      return { items: page.FunctionEventInvokeConfigs, next: page.NextMarker };
    }),
  ]);
  return { concurrency, policy, urls, invoke };
}

/** One statement of a function's policy, as the resource that would have made it. */
function toPermission(FunctionName: string, statement: unknown): Record<string, unknown> {
  const { Principal, Action, Condition } = membersOf(statement);
  const conditions = Object.assign({}, ...Object.values(membersOf(Condition)).map(membersOf)) as Record<
    string,
    unknown
  >;
  const said = (key: string) => Object.entries(conditions).find(([name]) => name.toLowerCase() === key)?.[1];
  const { Service, AWS } = membersOf(Principal);
  return {
    FunctionName,
    Action: listOf(Action)[0],
    Principal: Service ?? AWS ?? Principal,
    SourceArn: said('aws:sourcearn'),
    SourceAccount: said('aws:sourceaccount'),
    PrincipalOrgID: said('aws:principalorgid'),
    FunctionUrlAuthType: said('lambda:functionurlauthtype'),
    InvokedViaFunctionUrl: said('lambda:invokedviafunctionurl'),
  };
}

async function readFunction(
  reader: AccountReader,
  client: LambdaClient,
  own: FunctionConfiguration,
  signing: ReadonlyMap<string, string>,
) {
  const { FunctionName = '', FunctionArn = '', Layers, KMSKeyArn, VpcConfig } = own;
  const id = reader.id('function', FunctionName);
  const [{ concurrency, policy, urls, invoke }, code] = await Promise.all([
    readDetails(reader, client, FunctionName),
    reader.codeFolder === undefined ? undefined : readCode(reader, client, own, reader.codeFolder),
  ]);
  reader.add(
    id,
    'AWS::Lambda::Function',
    {
      ...own,
      Code: {},
      Layers: Layers?.map(({ Arn }) => Arn),
      KmsKeyArn: KMSKeyArn,
      CodeSigningConfigArn: signing.get(FunctionArn),
    },
    {
      arn: FunctionArn,
      code,
      references: {
        ReservedConcurrentExecutions:
          concurrency === 'missed' ? unknown : concurrency?.ReservedConcurrentExecutions,
        ...(VpcConfig?.VpcId && {
          VpcConfig: {
            ...VpcConfig,
            SecurityGroupIds: VpcConfig.SecurityGroupIds?.map((group) =>
              hole(reader.id('security-group', group)),
            ),
          },
        }),
      },
    },
  );
  const { Statement } = membersOf(policy);
  for (const [index, statement] of listOf(Statement).entries())
    reader.add(`${id}/permission/${index}`, 'AWS::Lambda::Permission', toPermission(FunctionArn, statement));
  for (const [index, url] of urls.entries())
    reader.add(`${id}/url/${index}`, 'AWS::Lambda::Url', { ...url, TargetFunctionArn: FunctionArn });
  for (const [index, config] of invoke.entries())
    reader.add(`${id}/invoke/${index}`, 'AWS::Lambda::EventInvokeConfig', {
      ...config,
      FunctionName: FunctionArn,
    });
}

/** The configuration of code signing that each function has, by ARNs. */
async function readSigning(reader: AccountReader, client: LambdaClient): Promise<Map<string, string>> {
  const signing = new Map<string, string>();
  const configs = await reader.list('lambda:ListCodeSigningConfigs', async (Marker) => {
    const page = await client.send(new ListCodeSigningConfigsCommand({ Marker }));
    return { items: page.CodeSigningConfigs, next: page.NextMarker };
  });
  await reader.each('lambda:ListCodeSigningConfigs', configs, async (config) => {
    const { CodeSigningConfigId, CodeSigningConfigArn = '', CodeSigningPolicies, AllowedPublishers } = config;
    reader.add(
      reader.id('code-signing-config', CodeSigningConfigId),
      'AWS::Lambda::CodeSigningConfig',
      { CodeSigningPolicies, AllowedPublishers },
      { arn: CodeSigningConfigArn },
    );
    const users = await reader.list('lambda:ListFunctionsByCodeSigningConfig', async (Marker) => {
      const page = await client.send(
        new ListFunctionsByCodeSigningConfigCommand({ CodeSigningConfigArn, Marker }),
      );
      return { items: page.FunctionArns, next: page.NextMarker };
    });
    for (const user of users) signing.set(user, CodeSigningConfigArn);
  });
  return signing;
}

/** Functions with their addresses, permissions, destinations and event sources. */
export async function readFunctions(reader: AccountReader): Promise<void> {
  const client = new LambdaClient(reader.settings);
  const signing = await readSigning(reader, client);
  const functions = await reader.list('lambda:ListFunctions', async (Marker) => {
    const page = await client.send(new ListFunctionsCommand({ Marker }));
    return { items: page.Functions, next: page.NextMarker };
  });
  await reader.each('lambda:ListFunctions', functions, (own) => readFunction(reader, client, own, signing));
  const sources = await reader.list('lambda:ListEventSourceMappings', async (Marker) => {
    const page = await client.send(new ListEventSourceMappingsCommand({ Marker }));
    return { items: page.EventSourceMappings, next: page.NextMarker };
  });
  for (const source of sources)
    reader.add(reader.id('event-source', source.UUID), 'AWS::Lambda::EventSourceMapping', {
      ...source,
      FunctionName: source.FunctionArn,
    });
}
