/** An argument as one line: as JSON where the line would not show or not keep it. */
export function formatArgument(argument: string): string {
  return argument === '' || argument.startsWith('"') || argument !== argument.trim()
    ? JSON.stringify(argument)
    : argument;
}

/** The argument of a line, which may be JSON. */
export function parseArgument(line: string): string {
  if (!line.startsWith('"')) return line;
  try {
    return String(JSON.parse(line));
  } catch {
    return line;
  }
}
