import { AUDIT_ACTIONS, AUDIT_EFFECTS, AUDIT_TYPES } from '@ringfence/audit';
import { type Ref, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { TextFilter } from '../../ui/text-filter.tsx';
import { type AuditFilter, countFilters } from './audit-search.ts';
import { TimeFilter } from './time-filter.tsx';

type Props = {
  filter: AuditFilter;
  onChange: (change: Partial<AuditFilter>) => void;
  onClear: () => void;
  functions: string[];
  regions: string[];
  searchRef: Ref<HTMLInputElement>;
};

/** Search and filters of the Audits page; on small screens the filters fold away. */
export function AuditFilters({ filter, onChange, onClear, functions, regions, searchRef }: Props) {
  const [open, setOpen] = useState(false);
  const count = countFilters(filter);
  return (
    <search className="flex flex-wrap gap-2">
      <TextFilter
        ref={searchRef}
        label="Search audits"
        placeholder="Search message and detail   /"
        value={filter.q}
        onChange={(q) => onChange({ q })}
        className="min-w-0 flex-1 basis-48 lg:max-w-72"
      />
      <Button icon="filter" className="sm:hidden" aria-expanded={open} onClick={() => setOpen(!open)}>
        {count > 0 ? `Filters (${count})` : 'Filters'}
      </Button>
      <div className={classNames('flex-wrap gap-2 sm:flex', open ? 'flex basis-full' : 'hidden')}>
        <FilterMenu
          label="Type"
          options={AUDIT_TYPES}
          value={filter.type}
          onChange={(type) => onChange({ type })}
        />
        <FilterMenu
          label="Action"
          options={AUDIT_ACTIONS}
          value={filter.action}
          onChange={(action) => onChange({ action })}
        />
        <FilterMenu
          label="Effect"
          options={AUDIT_EFFECTS}
          value={filter.effect}
          onChange={(effect) => onChange({ effect })}
        />
        <TextFilter
          label="Function (exact, or with *)"
          placeholder="Function"
          value={filter.function}
          onChange={(name) => onChange({ function: name })}
          suggestions={functions}
          className="w-40!"
        />
        <TextFilter
          label="Region (exact, or with *)"
          placeholder="Region"
          value={filter.region}
          onChange={(region) => onChange({ region })}
          suggestions={regions}
          className="w-32!"
        />
        <TimeFilter value={filter} onChange={onChange} />
        {(count > 0 || filter.q) && (
          <Button look="quiet" icon="close" onClick={onClear}>
            Clear
          </Button>
        )}
      </div>
    </search>
  );
}
