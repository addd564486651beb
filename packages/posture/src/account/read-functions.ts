import {
  type FunctionConfiguration,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionConcurrencyCommand,
  GetPolicyCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionsCommand,
  ListFunctionUrlConfigsCommand,
} from '@aws-sdk/client-lambda';
import { listOf, membersOf } from '../graph/json.ts';
import type { AccountReader } from './account-reader.ts';

/** What only single calls tell of a function. */
async function readDetails(reader: AccountReader, client: LambdaClient, FunctionName: string) {
  const [concurrency, signing, policy, urls, invoke] = await Promise.all([
    reader.ask('lambda:GetFunctionConcurrency', () =>
      client.send(new GetFunctionConcurrencyCommand({ FunctionName })),
    ),
    reader.ask('lambda:GetFunctionCodeSigningConfig', () =>
      client.send(new GetFunctionCodeSigningConfigCommand({ FunctionName })),
    ),
    reader.ask('lambda:GetPolicy', () => client.send(new GetPolicyCommand({ FunctionName }))),
    reader.list('lambda:ListFunctionUrlConfigs', async (Marker) => {
      const page = await client.send(new ListFunctionUrlConfigsCommand({ FunctionName, Marker }));
      return { items: page.FunctionUrlConfigs, next: page.NextMarker };
    }),
    reader.list('lambda:ListFunctionEventInvokeConfigs', async (Marker) => {
      const page = await client.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName, Marker }));
      return { items: page.FunctionEventInvokeConfigs, next: page.NextMarker };
    }),
  ]);
  return { concurrency, signing, policy, urls, invoke };
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
  };
}

async function readFunction(reader: AccountReader, client: LambdaClient, own: FunctionConfiguration) {
  const { FunctionName = '', FunctionArn = '', Layers, KMSKeyArn } = own;
  const id = reader.id('function', FunctionName);
  const { concurrency, signing, policy, urls, invoke } = await readDetails(reader, client, FunctionName);
  reader.add(
    id,
    'AWS::Lambda::Function',
    {
      ...own,
      Code: {},
      Layers: Layers?.map(({ Arn }) => Arn),
      KmsKeyArn: KMSKeyArn,
      ReservedConcurrentExecutions: concurrency?.ReservedConcurrentExecutions,
      CodeSigningConfigArn: signing?.CodeSigningConfigArn,
    },
    { arn: FunctionArn },
  );
  const { Statement } = membersOf(JSON.parse(policy?.Policy ?? '{}'));
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

/** Functions with their addresses, permissions, destinations and event sources. */
export async function readFunctions(reader: AccountReader): Promise<void> {
  const client = new LambdaClient(reader.settings);
  const functions = await reader.list('lambda:ListFunctions', async (Marker) => {
    const page = await client.send(new ListFunctionsCommand({ Marker }));
    return { items: page.Functions, next: page.NextMarker };
  });
  await Promise.all(functions.map((own) => readFunction(reader, client, own)));
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
