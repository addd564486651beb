import type { Resource } from '../resource.ts';
import { placeOf } from '../template/place.ts';
import { isMembers, listOf, type Members, membersOf } from './json.ts';
import { functionsIn, type Trigger } from './triggers.ts';

const methods = /^(get|put|post|delete|options|head|patch|x-amazon-apigateway-any-method)$/;

/** The names of what a call must show, each with how it is checked. */
function schemesOf(document: Members): Members {
  const { securitySchemes } = membersOf(document.components);
  return membersOf(securitySchemes ?? document.securityDefinitions);
}

/** How a call of the operation must show who it is, by the OpenAPI document alone. */
function authOf(operation: Members, document: Members): string {
  const { type: own } = membersOf(operation['x-amazon-apigateway-auth']);
  if (typeof own === 'string') return own.toUpperCase();
  const asked = listOf(operation.security ?? document.security).flatMap((each) =>
    Object.keys(membersOf(each)),
  );
  const schemes = schemesOf(document);
  const isKey = (name: string) => {
    const { type, ...scheme } = membersOf(schemes[name]);
    return type === 'apiKey' && scheme['x-amazon-apigateway-authtype'] === undefined;
  };
  const [authorizer] = asked.filter((name) => !isKey(name));
  return authorizer ?? (asked.length > 0 ? 'API_KEY' : 'NONE');
}

/** A route of an API as its OpenAPI document has it. */
export interface DocumentedRoute extends Omit<Trigger, 'target'> {
  /** The function that it calls; undefined where the document does not say. */
  target: string | undefined;
  /** What it calls, as the document says it. */
  integration: Members;
}

const documents = ['Body', 'BodyS3Location', 'DefinitionBody', 'DefinitionUri'];

/** The routes that an API has in an OpenAPI document; undefined where it has none, or one that is not read. */
export function documentedRoutes(
  api: Resource,
  resources: ReadonlyMap<string, Resource>,
): DocumentedRoute[] | undefined {
  const { Body, DefinitionBody = Body, Auth } = api.properties;
  if (!isMembers(DefinitionBody)) return undefined;
  const standard = membersOf(Auth).DefaultAuthorizer;
  return Object.entries(membersOf(DefinitionBody.paths)).flatMap(([path, operations]) =>
    Object.entries(membersOf(operations)).flatMap(([name, operation]): DocumentedRoute[] => {
      if (!methods.test(name)) return [];
      const integration = membersOf(membersOf(operation)['x-amazon-apigateway-integration']);
      const [target] = functionsIn(integration.uri, resources);
      const auth = authOf(membersOf(operation), DefinitionBody);
      const place = placeOf(operations, name);
      return [
        {
          kind: api.type === 'AWS::ApiGatewayV2::Api' ? 'http-api' : 'rest-api',
          target,
          integration,
          source: `\${${api.id}}`,
          path,
          method: name.startsWith('x-') ? 'ANY' : name.toUpperCase(),
          auth: auth === 'NONE' && typeof standard === 'string' ? standard : auth,
          resource: { ...api, ...(place && { place }) },
        },
      ];
    }),
  );
}

/** Whether the API answers by itself. */
const isMock = ({ type }: Members): boolean => /^mock$/i.test(String(type));

/** Tells the routes of the APIs apart. */
export const nameOfRoute = ({ source, method, path }: Pick<Trigger, 'source' | 'method' | 'path'>) =>
  `${source} ${method} ${path}`;

/**
 * The triggers with the routes of OpenAPI documents, which say more of a route than the events of SAM that only name it. Of an API whose
 * document is not read, nobody knows how a call shows who it is.
 */
export function addDocumentedRoutes(
  triggers: readonly Trigger[],
  resources: ReadonlyMap<string, Resource>,
): Trigger[] {
  const documented: DocumentedRoute[] = [];
  const unread = new Set<string>();
  for (const api of resources.values()) {
    const routes = documentedRoutes(api, resources);
    if (routes) documented.push(...routes);
    else if (documents.some((member) => member in api.properties)) unread.add(`\${${api.id}}`);
  }
  const byName = new Map(documented.map((route) => [nameOfRoute(route), route]));
  const named = triggers.flatMap((trigger): Trigger[] => {
    const { auth, ...others } = trigger;
    if (trigger.resource.type !== 'Ringfence::Trigger') return [trigger];
    if (auth === 'NONE' && unread.has(trigger.source ?? '')) return [others];
    const route = byName.get(nameOfRoute(trigger));
    if (!route) return [trigger];
    return route.target === trigger.target || isMock(route.integration)
      ? []
      : [{ ...trigger, auth: route.auth ?? 'NONE', resource: route.resource }];
  });
  return [
    ...named,
    ...documented.flatMap(({ target, integration: _, ...route }) =>
      target === undefined ? [] : [{ ...route, target }],
    ),
  ];
}
