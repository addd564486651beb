import { formatAgo, formatClock, formatFull } from './format-time.ts';

/** A moment in local time, with date and UTC in the tooltip. `as` picks a clock time or the time since. */
export function TimeText({ value, as = 'clock' }: { value: string; as?: 'clock' | 'ago' }) {
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return <span>{value || '–'}</span>;
  return (
    <time dateTime={value} title={formatFull(date)} className="whitespace-nowrap tabular-nums">
      {as === 'clock' ? formatClock(date, new Date()) : formatAgo(date, new Date())}
    </time>
  );
}
