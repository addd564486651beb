import type { WaasRule } from '@ringfence/policy/schema';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { FileButton } from '../../../ui/file-button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import type { RuleCheck } from '../check-rule.ts';
import { FormSection } from '../form-section.tsx';
import { type ReadOpenApi, readOpenApi } from './read-open-api.ts';

type Shapes = WaasRule['shapes'];
type Props = { shapes: Shapes; check: RuleCheck; onChange: (shapes: Shapes) => void };

/** What came of the document that was read last. */
function Reading({ file, routes, notes, problems }: ReadOpenApi) {
  if (!routes)
    return (
      <Notice tone="danger">
        No shapes could be made of {file}:
        <ul>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      </Notice>
    );
  if (notes.length === 0) return <Notice tone="good">All of {file} is checked.</Notice>;
  return (
    <Notice tone="info">
      <details>
        <summary>
          {notes.length === 1 ? 'One place' : `${notes.length} places`} of {file} cannot be checked as written
        </summary>
        <ul className="mt-2 max-h-48 overflow-auto">
          {notes.map(({ place, message }) => (
            <li key={`${place} ${message}`}>
              <code>{place}</code> {message}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  );
}

/** What requests must be like, read from an OpenAPI document. */
export function ShapeFields({ shapes, check, onChange }: Props) {
  const [reading, setReading] = useState<ReadOpenApi>();
  const read = async (file: File) => {
    const now = await readOpenApi(file);
    setReading(now);
    if (now.routes) onChange(now.routes);
  };
  const error = check.error('shapes');
  return (
    <FormSection title="Shapes of requests" label="Shapes">
      <p className="text-[13px] text-muted">
        Types, lengths and values of each route, from an OpenAPI document (3.0 or 3.1). The document is read
        here and sent nowhere; its routes take the place of those below.
      </p>
      {error && <Notice tone="danger">The shapes {error}.</Notice>}
      {reading && <Reading {...reading} />}
      {shapes.length > 0 && (
        <ol aria-label="Routes" className="max-h-56 overflow-auto rounded-md border border-line px-3 py-2">
          {shapes.map(({ method, path }) => (
            <li key={`${method} ${path}`} className="font-mono text-[12.5px]">
              {method ?? '*'} {path}
            </li>
          ))}
        </ol>
      )}
      <div className="flex gap-2">
        <FileButton label="OpenAPI document" accept=".json,.yaml,.yml" onFile={(file) => void read(file)}>
          Read OpenAPI document
        </FileButton>
        {shapes.length > 0 && (
          <Button
            small
            look="quiet"
            onClick={() => {
              setReading(undefined);
              onChange([]);
            }}
          >
            Remove all routes
          </Button>
        )}
      </div>
    </FormSection>
  );
}
