import { dataReached } from '../graph/data-reached.ts';
import { isPrivate } from '../graph/open-ways.ts';
import type { Trigger } from '../graph/triggers.ts';
import { defineCheck, type Problem } from './check.ts';

const api = (auth: string) => `
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Events:
        List: { Type: Api, Properties: { Path: /orders, Method: get${auth} } }`;

const asksNobody = ({ kind, auth, method, path }: Trigger) =>
  /^(rest-api|http-api|websocket)$/.test(kind) &&
  (auth === 'NONE' || auth === 'API_KEY') &&
  method !== 'OPTIONS' &&
  // Only the first message of a WebSocket can be authorized.
  (kind !== 'websocket' || path === '$connect');

export const routeWithoutAuthorizer = defineCheck({
  id: 'route-without-authorizer',
  title: 'A route of an API asks nobody who they are',
  severity: 'medium',
  why: 'Whoever knows the address calls the function. An API key names an application and is no proof of a person.',
  advice:
    'Attach an authorizer (Cognito, JWT, Lambda) or AWS_IAM to the route, or suppress the finding for a route that is meant for everyone.',
  references: ['CWE-306', 'OWASP SAS-2', 'AWS Security Hub APIGateway.8'],
  async find(graph) {
    const found: Problem[] = [];
    for (const { id, triggers, role } of graph.functions.values()) {
      const open = triggers.filter((trigger) => asksNobody(trigger) && !isPrivate(trigger, graph));
      // Behind a page that tells nothing but that it is there is nothing to guard.
      const hasData = open.length > 0 && (!role || (await dataReached(graph, role)).length > 0);
      for (const { method = '', path = '', auth, resource } of open)
        found.push({
          subject: id,
          key: `${method} ${path}`,
          severity: hasData ? 'medium' : 'low',
          message: `${[method, path].filter((part) => part !== '').join(' ')} of ${id} ${auth === 'API_KEY' ? 'asks for an API key only' : 'has no authorizer'}.`,
          place: resource.place,
        });
    }
    return found;
  },
  passing: api(', Auth: { Authorizer: AWS_IAM }'),
  failing: api(''),
});
