import { EmptyState } from '../../ui/empty-state.tsx';
import { type Example, examples } from './examples.ts';

/** What the page shows before there is anything to judge: what it does, and examples to begin with. */
export function NoEvent({ onChoose }: { onChoose: (example: Example) => void }) {
  return (
    <EmptyState icon="playground" title="See an event as WAAS sees it">
      <p>
        Paste an event of any trigger, or begin with an example. You see what was found in which field and how
        it was decoded, what the client or queue gets, and the exception for what is harmless.
      </p>
      <ul aria-label="Examples" className="grid w-full gap-2 text-left sm:grid-cols-2">
        {examples.map((example) => (
          <li key={example.name}>
            <button
              type="button"
              onClick={() => onChoose(example)}
              className="h-full w-full rounded-md border border-line-strong bg-surface px-3 py-2 text-left hover:border-accent hover:bg-accent-soft"
            >
              <span className="block font-medium text-ink">{example.name}</span>
              <span className="block text-[13px]">{example.what}</span>
            </button>
          </li>
        ))}
      </ul>
    </EmptyState>
  );
}
