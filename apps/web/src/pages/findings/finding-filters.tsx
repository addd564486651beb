import { Finding, SEVERITIES } from '@ringfence/findings';
import type { RefObject } from 'react';
import { Button } from '../../ui/button.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { TextFilter } from '../../ui/text-filter.tsx';
import { type FindingSearch, isFiltered } from './finding-search.ts';

type Props = {
  search: FindingSearch;
  onChange: (part: Partial<FindingSearch>) => void;
  onClear: () => void;
  searchRef: RefObject<HTMLInputElement | null>;
};

/** Narrows what every tab and grouping shows. */
export function FindingFilters({ search, onChange, onClear, searchRef }: Props) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <TextFilter
        ref={searchRef}
        label="Search findings"
        placeholder="Package, advisory, text…"
        value={search.q}
        onChange={(q) => onChange({ q })}
        className="sm:w-64!"
      />
      <TextFilter
        label="Function"
        placeholder="Function, * for any"
        value={search.function}
        onChange={(name) => onChange({ function: name })}
        className="sm:w-48!"
      />
      <FilterMenu
        label="Severity"
        options={SEVERITIES}
        value={search.severity}
        onChange={(severity) => onChange({ severity })}
      />
      <FilterMenu
        label="Kind"
        options={Finding.shape.kind.options}
        value={search.kind}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterMenu
        label="Reachable"
        options={['yes', 'no', 'unknown']}
        value={search.reachable}
        onChange={(reachable) => onChange({ reachable })}
      />
      {isFiltered(search) && (
        <Button look="quiet" small onClick={onClear}>
          Clear filters
        </Button>
      )}
    </div>
  );
}
