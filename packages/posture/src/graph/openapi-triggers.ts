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

/** The routes to functions that an API has in an OpenAPI document of the template. */
function routesOf(api: Resource, resources: ReadonlyMap<string, Resource>): Trigger[] {
  const { Body, DefinitionBody = Body, Auth } = api.properties;
  if (!isMembers(DefinitionBody)) return [];
  const standard = membersOf(Auth).DefaultAuthorizer;
  return Object.entries(membersOf(DefinitionBody.paths)).flatMap(([path, operations]) =>
    Object.entries(membersOf(operations)).flatMap(([name, operation]): Trigger[] => {
      const { uri } = membersOf(membersOf(operation)['x-amazon-apigateway-integration']);
      const [target] = methods.test(name) ? functionsIn(uri, resources) : [];
      if (target === undefined) return [];
      const auth = authOf(membersOf(operation), DefinitionBody);
      const place = placeOf(operations, name);
      return [
        {
          kind: api.type === 'AWS::ApiGatewayV2::Api' ? 'http-api' : 'rest-api',
          target,
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

/** The triggers with the routes of OpenAPI documents, which say more of a route than the events of SAM that only name it. */
export function addDocumentedRoutes(
  triggers: readonly Trigger[],
  resources: ReadonlyMap<string, Resource>,
): Trigger[] {
  const documented = [...resources.values()].flatMap((api) => routesOf(api, resources));
  const nameOf = ({ target, source, method, path }: Trigger) => `${target} ${source} ${method} ${path}`;
  const told = new Set(documented.map(nameOf));
  return [...triggers.filter((trigger) => !told.has(nameOf(trigger))), ...documented];
}
