// What speaks for an attack is counted in points; the reason with the most points is told.

export let points: i32 = 0;
export let reason: string = '';
let highest: i32 = 0;

export function resetEvidence(): void {
  points = 0;
  highest = 0;
  reason = 'continues the query it is put in';
}

/** Counts `value` points; `why` completes "the text …". */
export function count(value: i32, why: string): void {
  points += value;
  if (value <= highest) return;
  highest = value;
  reason = why;
}

/** Counts points that are no reason of their own. */
export function adjust(value: i32): void {
  points += value;
}
