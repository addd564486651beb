import { readYaml, type YamlPlace } from '../read-yaml.ts';
import type { Route } from '../sections/waas/shapes.ts';
import { OpenApiDocument, OpenApiError, type OpenApiNote } from './document.ts';
import { isRecord, type Place } from './place.ts';
import { toRoutes } from './to-routes.ts';

/** What is wrong: in the text, or at a place of the document. */
export type OpenApiProblem = { at: YamlPlace | Place; message: string };
export type OpenApiResult =
  | { ok: true; routes: Route[]; notes: OpenApiNote[] }
  | { ok: false; problems: OpenApiProblem[] };

/** The largest document, in bytes. */
export const OPEN_API_BYTES = 8 * 1024 * 1024;

/**
 * Makes routes with shapes from an OpenAPI document (3.0 or 3.1; YAML or JSON). What shapes can't say is left out, so that they
 * never refuse what the document allows, and is noted. Never throws for what the text holds.
 */
export function shapesFromOpenApi(text: string): OpenApiResult {
  const read = readDocument(text);
  if (!read.ok) return read;
  const { value } = read;
  const problem = isRecord(value) ? findVersionProblem(value) : 'is not an OpenAPI document';
  if (problem !== undefined || !isRecord(value)) return fail('#', problem ?? '');
  const document = new OpenApiDocument(value);
  try {
    const routes = toRoutes(document);
    if (routes.length === 0) return fail('#/paths', 'has no operation that shapes could be made of');
    return { ok: true, routes, notes: document.notes };
  } catch (error) {
    if (error instanceof OpenApiError) return fail(error.place, error.message);
    throw error;
  }
}

const fail = (at: YamlPlace | Place, message: string) => ({
  ok: false as const,
  problems: [{ at, message }],
});

/** JSON is read as such where it can be: YAML takes much longer. */
function readDocument(text: string): { ok: true; value: unknown } | Extract<OpenApiResult, { ok: false }> {
  if (text.length <= OPEN_API_BYTES && text.trimStart().startsWith('{'))
    try {
      return { ok: true, value: JSON.parse(text) };
    } catch {
      // It may be YAML that begins with a brace; else YAML's reader says where it is wrong.
    }
  const read = readYaml(text, OPEN_API_BYTES);
  if (read.ok) return read;
  return {
    ok: false,
    problems: read.faults.map(({ offset, message }) => ({ at: read.locate(offset), message })),
  };
}

function findVersionProblem({ openapi, swagger }: Record<string, unknown>): string | undefined {
  if (swagger !== undefined) return 'is Swagger 2.0; convert it to OpenAPI 3 first';
  if (/^3\.[01](\.|$)/.test(String(openapi))) return undefined;
  return openapi === undefined
    ? 'is not an OpenAPI document: it has no key openapi'
    : `is OpenAPI ${JSON.stringify(openapi)?.slice(0, 50)}; 3.0 and 3.1 are known`;
}
