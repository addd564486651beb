/** Events as waas-host.c reads them: each behind its length. */
export function frameEvents(events: Buffer[]): Buffer {
  const framed = events.flatMap((event) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(event.length);
    return [size, event];
  });
  return Buffer.concat(framed);
}
