/** Ports from and with `from` up to and with `to`. */
export type PortRange = { from: number; to: number };

export const HIGHEST_PORT = 65_535;

/** Reads `443` or `5432-5440`; a text says what is wrong. */
export function parsePortRange(text: string, lowest: number): PortRange | string {
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (first === undefined)
    return `must be a port such as 443 or a range such as 5432-5440, not ${JSON.stringify(text)}`;
  const range = { from: Number(first), to: Number(last ?? first) };
  if (range.from < lowest || range.to > HIGHEST_PORT)
    return `must hold ports from ${lowest} to ${HIGHEST_PORT}, not ${text}`;
  if (range.from > range.to) return `must hold a range from the lower to the higher port, not ${text}`;
  return range;
}

/** Is every port of the narrow range in the wide one? */
export const holdsPorts = (wide: PortRange, narrow: PortRange): boolean =>
  wide.from <= narrow.from && wide.to >= narrow.to;
