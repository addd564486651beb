import { OPEN_API_BYTES, type OpenApiNote, shapesFromOpenApi } from '@ringfence/policy/openapi';
import type { WaasRule } from '@ringfence/policy/schema';
import { formatBytes } from '../../../ui/format-bytes.ts';

/** What a file gave: shapes with notes of what they leave out, or only why there are none. */
export type ReadOpenApi = {
  file: string;
  routes?: WaasRule['shapes'];
  notes: OpenApiNote[];
  problems: string[];
};

/** Reads shapes from an OpenAPI document, in the browser: the file goes nowhere. */
export async function readOpenApi(file: File): Promise<ReadOpenApi> {
  const failed = (...problems: string[]): ReadOpenApi => ({ file: file.name, notes: [], problems });
  if (file.size > OPEN_API_BYTES) return failed(`is larger than ${formatBytes(OPEN_API_BYTES)}`);
  const result = shapesFromOpenApi(await file.text());
  if (result.ok) return { file: file.name, routes: result.routes, notes: result.notes, problems: [] };
  return failed(
    ...result.problems.map(({ at, message }) =>
      typeof at === 'string' ? `${at} ${message}` : `line ${at.line}, column ${at.column}: ${message}`,
    ),
  );
}
