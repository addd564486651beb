import { defineCheck } from './check.ts';

const api = (auth: string) => `
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Events:
        List: { Type: Api, Properties: { Path: /orders, Method: get${auth} } }`;

export const routeWithoutAuthorizer = defineCheck({
  id: 'route-without-authorizer',
  title: 'A route of an API asks nobody who they are',
  severity: 'medium',
  why: 'Whoever knows the address calls the function. An API key names an application and is no proof of a person.',
  advice:
    'Attach an authorizer (Cognito, JWT, Lambda) or AWS_IAM to the route, or suppress the finding for a route that is meant for everyone.',
  references: ['CWE-306', 'OWASP SAS-2', 'AWS Security Hub APIGateway.8'],
  find: ({ functions }) =>
    [...functions.values()].flatMap(({ id, triggers }) =>
      triggers
        .filter(
          ({ kind, auth, method, path }) =>
            /^(rest-api|http-api|websocket)$/.test(kind) &&
            (auth === 'NONE' || auth === 'API_KEY') &&
            method !== 'OPTIONS' &&
            // Only the first message of a WebSocket can be authorized.
            (kind !== 'websocket' || path === '$connect'),
        )
        .map(({ method = '', path = '', auth, resource }) => ({
          subject: id,
          key: `${method} ${path}`,
          message: `${[method, path].filter((part) => part !== '').join(' ')} of ${id} ${auth === 'API_KEY' ? 'asks for an API key only' : 'has no authorizer'}.`,
          place: resource.place,
        })),
    ),
  passing: api(', Auth: { Authorizer: AWS_IAM }'),
  failing: api(''),
});
