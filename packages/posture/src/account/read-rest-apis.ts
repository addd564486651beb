import {
  APIGatewayClient,
  GetAuthorizersCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetStagesCommand,
  type Resource as PathOfApi,
  type RestApi,
} from '@aws-sdk/client-api-gateway';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';
import { capitalise } from './capitalise.ts';

function addMethods(
  reader: AccountReader,
  RestApiId: string,
  api: string,
  { id, parentId, pathPart, resourceMethods }: PathOfApi,
) {
  const path = reader.id('rest-api', api, 'path', id);
  // The root has no parent, and is no resource of a template.
  if (parentId !== undefined)
    reader.add(
      path,
      'AWS::ApiGateway::Resource',
      { PathPart: pathPart },
      { references: { RestApiId, ParentId: hole(reader.id('rest-api', api, 'path', parentId)) } },
    );
  for (const [method, own] of Object.entries(resourceMethods ?? {}))
    reader.add(
      `${path}/${method}`,
      'AWS::ApiGateway::Method',
      { ...capitalise(own), HttpMethod: method, Integration: { Uri: own.methodIntegration?.uri } },
      {
        references: {
          RestApiId,
          ResourceId: hole(path),
          ...(own.authorizerId && {
            AuthorizerId: hole(reader.id('rest-api', api, 'authorizer', own.authorizerId)),
          }),
        },
      },
    );
}

async function readApi(reader: AccountReader, client: APIGatewayClient, own: RestApi) {
  const restApiId = own.id ?? '';
  const id = reader.id('rest-api', restApiId);
  const references = { RestApiId: hole(id) };
  reader.add(id, 'AWS::ApiGateway::RestApi', { ...capitalise(own), Policy: policyOf(own) });
  const [paths, authorizers, stages] = await Promise.all([
    reader.list('apigateway:GET', async (position) => {
      const page = await client.send(new GetResourcesCommand({ restApiId, position, embed: ['methods'] }));
      return { items: page.items, next: page.position };
    }),
    reader.list('apigateway:GET', async (position) => {
      const page = await client.send(new GetAuthorizersCommand({ restApiId, position }));
      return { items: page.items, next: page.position };
    }),
    reader.ask('apigateway:GET', () => client.send(new GetStagesCommand({ restApiId }))),
  ]);
  for (const path of paths) addMethods(reader, references.RestApiId, restApiId, path);
  for (const authorizer of authorizers)
    reader.add(
      reader.id('rest-api', restApiId, 'authorizer', authorizer.id),
      'AWS::ApiGateway::Authorizer',
      capitalise(authorizer),
      {
        references,
      },
    );
  for (const stage of stages?.item ?? []) {
    const stageId = reader.id('rest-api', restApiId, 'stage', stage.stageName);
    reader.add(
      stageId,
      'AWS::ApiGateway::Stage',
      {
        ...capitalise(stage),
        AccessLogSetting: stage.accessLogSettings && capitalise(stage.accessLogSettings),
      },
      { references },
    );
    if (stage.webAclArn)
      reader.add(
        `${stageId}/web-acl`,
        'AWS::WAFv2::WebACLAssociation',
        { WebACLArn: stage.webAclArn },
        { references: { ResourceArn: hole(stageId) } },
      );
  }
}

/** API Gateway gives a policy as JSON whose quotes are escaped once more. */
const policyOf = ({ policy }: RestApi): unknown =>
  policy === undefined ? undefined : JSON.parse(policy.replaceAll('\\"', '"'));

/** REST APIs with their methods, authorizers and stages. */
export async function readRestApis(reader: AccountReader): Promise<void> {
  const client = new APIGatewayClient(reader.settings);
  const apis = await reader.list('apigateway:GET', async (position) => {
    const page = await client.send(new GetRestApisCommand({ position }));
    return { items: page.items, next: page.position };
  });
  await reader.each('apigateway:GET', apis, (own) => readApi(reader, client, own));
}
