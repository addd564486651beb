import type { Graph } from '../graph/build-graph.ts';
import { dataReached } from '../graph/data-reached.ts';
import { openTargetGroups } from '../graph/load-balancers.ts';
import { isPrivate } from '../graph/open-ways.ts';
import { type ServiceRoute, serviceRoutes } from '../graph/service-routes.ts';
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

const asksNobody = ({ kind, auth, method, path }: Omit<Trigger, 'target'>) =>
  /^(rest-api|http-api|websocket|ALB)$/.test(kind) &&
  (auth === 'NONE' || auth === 'API_KEY') &&
  method !== 'OPTIONS' &&
  // Only the first message of a WebSocket can be authorized.
  (kind !== 'websocket' || path === '$connect');

const problemOf = ({ method = '', path = '', auth, resource }: Omit<Trigger, 'target'>, of: string) => ({
  key: `${method} ${path}`,
  message: `${[method, path].filter((part) => part !== '').join(' ')} of ${of} ${auth === 'API_KEY' ? 'asks for an API key only' : 'has no authorizer'}.`,
  place: resource.place,
});

/** An address elsewhere may ask by itself, and pages lie in buckets to be read. */
const leadsToNoData = ({ service, method }: ServiceRoute) =>
  service === 'http' || (service === 's3' && /^(GET|HEAD)$/.test(method ?? ''));

const inWords = (service: string) =>
  ({ http: 'an address elsewhere', lambda: 'a function elsewhere' })[service] ?? service;

/** Whose route it is: of a state machine that an event starts, or of what calls something else. */
const ownerOf = ({ subject, service }: ServiceRoute, { resources }: Graph): string =>
  resources.get(subject)?.type === 'AWS::StepFunctions::StateMachine'
    ? subject
    : `${subject}, which calls ${inWords(service)},`;

export const routeWithoutAuthorizer = defineCheck({
  id: 'route-without-authorizer',
  title: 'A route of an API asks nobody who they are',
  severity: 'medium',
  why: 'Whoever knows the address calls the function. An API key names an application and is no proof of a person.',
  advice:
    'Attach an authorizer (Cognito, JWT, Lambda) or AWS_IAM to the route, or suppress the finding for a route that is meant for everyone.',
  references: ['CWE-306', 'OWASP SAS-2', 'AWS Security Hub APIGateway.8'],
  async find(graph) {
    const found: Problem[] = serviceRoutes(graph.resources)
      .filter((route) => asksNobody(route) && !isPrivate(route, graph))
      .map((route) => ({
        ...problemOf(route, ownerOf(route, graph)),
        subject: route.subject,
        severity: leadsToNoData(route) ? 'low' : 'medium',
      }));
    const groups = openTargetGroups(graph);
    for (const { id, triggers, role } of graph.functions.values()) {
      const open = triggers.filter((trigger) => asksNobody(trigger) && !isPrivate(trigger, graph));
      const listeners = triggers.flatMap(({ resource }) => groups.get(resource.id) ?? []);
      // Behind a page that tells nothing but that it is there is nothing to guard.
      const hasData =
        open.length + listeners.length > 0 && (!role || (await dataReached(graph, role)).length > 0);
      for (const listener of listeners)
        found.push({
          subject: id,
          key: listener.id,
          message: `${listener.id} lets everyone on the internet call ${id}.`,
          place: listener.place,
          severity: hasData ? 'medium' : 'low',
        });
      for (const trigger of open)
        found.push({
          ...problemOf(trigger, id),
          subject: id,
          // Whether a load balancer from elsewhere is to be reached from the internet is not known.
          severity: hasData && trigger.kind !== 'ALB' ? 'medium' : 'low',
        });
    }
    return found;
  },
  passing: api(', Auth: { Authorizer: AWS_IAM }'),
  failing: api(''),
});
