const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' });
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'long' });

/** Local time of day; with the date in front when it is not today. */
export function formatClock(date: Date, now: Date): string {
  const time = clock.format(date);
  return date.toDateString() === now.toDateString() ? time : `${day.format(date)} ${time}`;
}

/** Local date and time, and the same in UTC as ISO 8601. */
export function formatFull(date: Date): string {
  return `${full.format(date)}\n${date.toISOString()} (UTC)`;
}

/** The time since, in words: "now", "3 minutes ago", "2 days ago". */
export function formatAgo(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  if (size < 5) return 'now';
  if (size < 60) return ago.format(seconds, 'second');
  if (size < 3600) return ago.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return ago.format(Math.round(seconds / 3600), 'hour');
  return ago.format(Math.round(seconds / 86_400), 'day');
}
