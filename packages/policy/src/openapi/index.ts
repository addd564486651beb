// OpenAPI documents as the shapes of a WAAS rule; for programs and the browser.
export type { OpenApiNote } from './document.ts';
export { OPEN_API_BYTES, type OpenApiResult, shapesFromOpenApi } from './shapes-from-open-api.ts';
