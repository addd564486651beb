import { Button } from '../../ui/button.tsx';
import { EmbedHelp } from '../../ui/embed-help.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

/** In place of the list: what to change or what to do next. */
export function NoAudits({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (filtered)
    return (
      <EmptyState icon="search" title="No audit matches">
        <p>Widen the time range, or take a filter away. New audits that match appear by themselves.</p>
        <Button onClick={onClear}>Clear filters</Button>
      </EmptyState>
    );
  return (
    <EmptyState icon="audits" title="No audits yet">
      <p>
        Put a Defender into a function and run it. Its first audit, about what it can guard there, appears
        here by itself.
      </p>
      <EmbedHelp />
    </EmptyState>
  );
}
