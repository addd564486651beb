import { Route } from '../sections/waas/shapes.ts';
import type { OpenApiDocument } from './document.ts';
import { isRecord, type Place, within } from './place.ts';
import { toBody } from './to-body.ts';
import { toParameters } from './to-parameters.ts';

/** The keys of a path that are operations, and the method of each; API Gateway's extension is any method. */
const OPERATIONS = new Map([
  ...['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'trace'].map(
    (key) => [key, key.toUpperCase()] as const,
  ),
  ['x-amazon-apigateway-any-method', undefined] as const,
]);

/** The routes of all operations, in the order in which they must be tried: what is literal comes before what has names. */
export function toRoutes(document: OpenApiDocument): Route[] {
  const routes: Route[] = [];
  for (const [path, item] of Object.entries(isRecord(document.root.paths) ? document.root.paths : {})) {
    if (!path.startsWith('/')) continue;
    const place = within('#/paths', path);
    document.follow(item, place, (found, at) => {
      for (const [key, method] of OPERATIONS) {
        const operation = found[key];
        if (isRecord(operation))
          routes.push(
            ...toOperationRoutes(document, { path, method, item: found, operation }, within(at, key), at),
          );
      }
    });
  }
  return routes.sort((a, b) =>
    orderOf(a.path) < orderOf(b.path) ? -1 : orderOf(a.path) > orderOf(b.path) ? 1 : 0,
  );
}

/** Sorts a segment with a name behind literal ones, and a rest of the path behind all. */
const orderOf = (path: string) =>
  path
    .split('/')
    .map((segment) => (segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0'))
    .join('');

function toOperationRoutes(
  document: OpenApiDocument,
  {
    path,
    method,
    item,
    operation,
  }: Record<'item' | 'operation', Record<string, unknown>> & { path: string; method: string | undefined },
  place: Place,
  itemPlace: Place,
): Route[] {
  const parameters = toParameters(document, [
    [item.parameters, within(itemPlace, 'parameters')],
    [operation.parameters, within(place, 'parameters')],
  ]);
  const body = toBody(document, operation.requestBody, within(place, 'requestBody'));
  const servers = operation.servers ?? item.servers ?? document.root.servers;
  return basePathsOf(document, servers, place).flatMap((base) => {
    const route = Route.safeParse({
      ...(method && { method }),
      path: `${base}${path}`,
      ...(parameters.length > 0 && { parameters }),
      ...(body && { body }),
    });
    if (route.success) return [route.data];
    for (const { path: within, message } of route.error.issues)
      document.note(place, `${['the route', ...within].join('.')} ${message}; the route is left out`);
    return [];
  });
}

/** The paths of the servers' addresses, before the paths of the document. */
function basePathsOf(document: OpenApiDocument, servers: unknown, place: Place): string[] {
  if (!Array.isArray(servers) || servers.length === 0) return [''];
  const paths = servers.map((server) => {
    const { url, variables } = isRecord(server) ? server : {};
    const filled = String(url ?? '/').replace(/\{([^{}]*)\}/g, (whole, name: string) => {
      const variable = isRecord(variables) ? variables[name] : undefined;
      return isRecord(variable) && variable.default !== undefined ? String(variable.default) : whole;
    });
    try {
      return decodeURI(new URL(filled, 'http://localhost/').pathname).replace(/\/+$/, '');
    } catch {
      document.note(
        place,
        `the server ${JSON.stringify(filled.slice(0, 200))} is no address; its path is taken as /`,
      );
      return '';
    }
  });
  return [...new Set(paths)];
}
