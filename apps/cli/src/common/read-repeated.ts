import { parseArgs } from 'node:util';

/** The values of a flag that may come several times: of those, citty hands over the last one only. */
export function readRepeated(name: string, rawArgs: string[], short?: string): string[] {
  const { values } = parseArgs({
    args: rawArgs,
    options: { [name]: { type: 'string', multiple: true, ...(short && { short }) } },
    strict: false,
    allowPositionals: true,
  });
  return (values[name] ?? []) as string[];
}
