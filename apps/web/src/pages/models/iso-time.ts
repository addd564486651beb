/** The last millisecond that a Date can hold. */
const LAST_TIME = 8.64e15;

/** Unix milliseconds, which a Defender may have told wrongly, as ISO 8601. */
export const isoTime = (milliseconds: number) =>
  new Date(Math.min(Math.max(milliseconds, 0), LAST_TIME)).toISOString();
