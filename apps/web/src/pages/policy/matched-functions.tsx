import { type Collection, DIMENSIONS, matchPatterns } from '@ringfence/policy/schema';
import { useKnownFunctions } from './use-known-functions.ts';

/** Which of the functions known to the Console the collection holds, as it is being edited. */
export function MatchedFunctions({ collection }: { collection: Collection }) {
  const known = useKnownFunctions();
  if (known.length === 0)
    return (
      <p className="text-[13px] text-muted">No function is known yet, so there is nothing to preview.</p>
    );
  const matched = known.filter((identity) =>
    DIMENSIONS.every(({ list, field }) => matchPatterns(collection[list], identity[field])),
  );
  return (
    <section aria-label="Matched functions" className="rounded-md border border-line bg-page p-3">
      <p aria-live="polite" className="font-medium">
        Holds {matched.length} of {known.length} known {known.length === 1 ? 'function' : 'functions'}
      </p>
      <ul className="mt-1 max-h-48 overflow-y-auto text-[13px]">
        {matched.slice(0, 100).map((identity) => (
          <li
            key={`${identity.account} ${identity.region} ${identity.name}`}
            className="flex flex-wrap gap-x-2 py-0.5"
          >
            <span className="font-medium">{identity.name}</span>
            <span className="text-muted">
              {identity.region}, {identity.account}, {identity.runtime}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
