import {
  type Api,
  ApiGatewayV2Client,
  GetApisCommand,
  GetAuthorizersCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  GetStagesCommand,
} from '@aws-sdk/client-apigatewayv2';
import { hole } from '../template/substitution.ts';
import type { AccountReader } from './account-reader.ts';

type Asked = { ApiId: string; NextToken: string | undefined };

async function readApi(reader: AccountReader, client: ApiGatewayV2Client, own: Api) {
  const ApiId = own.ApiId ?? '';
  const id = reader.id('http-api', ApiId);
  const partId = (kind: string, name: string | undefined) => reader.id('http-api', ApiId, kind, name);
  reader.add(id, 'AWS::ApiGatewayV2::Api', own);
  const list = <Item>(
    send: (asked: Asked) => Promise<{ Items?: Item[] | undefined; NextToken?: string | undefined }>,
  ) =>
    reader.list('apigateway:GET', async (NextToken) => {
      const page = await send({ ApiId, NextToken });
      return { items: page.Items, next: page.NextToken };
    });
  const [routes, integrations, authorizers, stages] = await Promise.all([
    list((asked) => client.send(new GetRoutesCommand(asked))),
    list((asked) => client.send(new GetIntegrationsCommand(asked))),
    list((asked) => client.send(new GetAuthorizersCommand(asked))),
    list((asked) => client.send(new GetStagesCommand(asked))),
  ]);
  const references = { ApiId: hole(id) };
  for (const route of routes)
    reader.add(partId('route', route.RouteId), 'AWS::ApiGatewayV2::Route', route, {
      references: {
        ...references,
        Target: route.Target?.replace(
          /^integrations\/(.*)$/,
          (_, target) => `integrations/${hole(partId('integration', target))}`,
        ),
        ...(route.AuthorizerId && { AuthorizerId: hole(partId('authorizer', route.AuthorizerId)) }),
      },
    });
  for (const integration of integrations)
    reader.add(
      partId('integration', integration.IntegrationId),
      'AWS::ApiGatewayV2::Integration',
      integration,
      { references },
    );
  for (const authorizer of authorizers)
    reader.add(partId('authorizer', authorizer.AuthorizerId), 'AWS::ApiGatewayV2::Authorizer', authorizer, {
      references,
    });
  for (const stage of stages)
    reader.add(partId('stage', stage.StageName), 'AWS::ApiGatewayV2::Stage', stage, { references });
}

/** HTTP and WebSocket APIs with their routes, integrations, authorizers and stages. */
export async function readHttpApis(reader: AccountReader): Promise<void> {
  const client = new ApiGatewayV2Client(reader.settings);
  const apis = await reader.list('apigateway:GET', async (NextToken) => {
    const page = await client.send(new GetApisCommand({ NextToken }));
    return { items: page.Items, next: page.NextToken };
  });
  await reader.each('apigateway:GET', apis, (own) => readApi(reader, client, own));
}
