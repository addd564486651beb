let calls = 0;

/** Shows what it was given, and how often it was called. */
export const handler = async (event) => {
  calls++;
  return event.Records ? { batchItemFailures: [], calls, event } : { calls, event };
};
