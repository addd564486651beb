/** Reads a binary PGM (P5, one byte a pixel); undefined when it is none. */
export function parsePgm(bytes) {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString('latin1'));
  if (!header) return undefined;
  const [width, height] = [Number(header[1]), Number(header[2])];
  const pixels = bytes.subarray(header[0].length);
  return pixels.length >= width * height && width > 0 && height > 0 ? { width, height, pixels } : undefined;
}
