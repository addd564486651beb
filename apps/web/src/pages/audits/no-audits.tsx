import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { embedCommand } from '../../ui/embed-command.ts';
import { EmptyState } from '../../ui/empty-state.tsx';

/** In place of the list: what to change or what to do next. */
export function NoAudits({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered)
    return (
      <EmptyState icon="search" title="No audit matches">
        <p>Widen the time range, or take a filter away.</p>
        <Button onClick={onClear}>Clear filters</Button>
      </EmptyState>
    );
  return (
    <EmptyState icon="audits" title="No audits yet">
      <p>
        Put a Defender into a function and run it. Its first audit, about what it can guard there, appears
        here by itself.
      </p>
      <CodeBlock label="Protect a function" text={embedCommand()} />
      <p className="text-[13px]">
        The command prints the environment variables to set. To try it without a cloud:{' '}
        <code className="font-mono">ringfence run protected.zip --event event.json</code>
      </p>
    </EmptyState>
  );
}
