import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Modal } from '../../ui/modal.tsx';
import { type AuditFilter, sinceWords } from './audit-search.ts';

type Range = Pick<AuditFilter, 'since' | 'from' | 'to'>;

/** The time range: relative, or fixed with a dialog for its ends. */
export function TimeFilter({ value, onChange }: { value: Range; onChange: (range: Range) => void }) {
  const [picking, setPicking] = useState(false);
  const fixed = !value.since && Boolean(value.from ?? value.to);
  const pick = (choice: string) => {
    if (choice === 'fixed') setPicking(true);
    else onChange({ since: (choice || undefined) as Range['since'], from: undefined, to: undefined });
  };
  return (
    <>
      <select
        aria-label="Time range"
        className="control w-auto! data-[set=true]:border-accent data-[set=true]:bg-accent-soft"
        data-set={Boolean(value.since) || fixed}
        value={fixed ? 'shown' : (value.since ?? '')}
        onChange={(event) => pick(event.target.value)}
      >
        <option value="">Any time</option>
        {Object.entries(sinceWords).map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
        {fixed && (
          <option value="shown">{`${show(value.from) || 'start'} – ${show(value.to) || 'now'}`}</option>
        )}
        <option value="fixed">From … to …</option>
      </select>
      {picking && <RangeDialog value={value} onChange={onChange} onClose={() => setPicking(false)} />}
    </>
  );
}

function show(time: string | undefined): string {
  return time ? toLocalInput(time).replace('T', ' ') : '';
}

/** The value of a datetime-local control for a moment, in local time. */
function toLocalInput(time: string | undefined): string {
  if (!time) return '';
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function RangeDialog({
  value,
  onChange,
  onClose,
}: {
  value: Range;
  onChange: (range: Range) => void;
  onClose: () => void;
}) {
  const [from, setFrom] = useState(toLocalInput(value.from));
  const [to, setTo] = useState(toLocalInput(value.to));
  const empty = from !== '' && to !== '' && from >= to;
  const toIso = (local: string) => (local ? new Date(local).toISOString() : undefined);
  const apply = () => {
    onChange({ since: undefined, from: toIso(from), to: toIso(to) });
    onClose();
  };
  return (
    <Modal
      title="Time range"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={empty} onClick={apply}>
            Show
          </Button>
        </>
      }
    >
      <Field label="From" hint="In your local time; empty for the first audit.">
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            className="control"
          />
        )}
      </Field>
      <Field
        label="To"
        hint="Empty for now; new audits then keep coming."
        error={empty ? 'Must be later than the start.' : undefined}
      >
        {(control) => (
          <input
            {...control}
            type="datetime-local"
            value={to}
            onChange={(event) => setTo(event.target.value)}
            className="control"
          />
        )}
      </Field>
    </Modal>
  );
}
